using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;

namespace MoViNetNAS.Notebooks.Tests;

public sealed class RunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Notebook(params string[] cells) => SmallNotebook.Write(_folder["small.ipynb"], cells);

    private NotebookRun Execute(params string[] cells) => NotebookRun.Of(NotebookFile.Load(Notebook(cells)), TimeSpan.FromMinutes(2));

    private static (int Code, string Output, string Error) Command(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = NotebookCommand.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void Cells_share_variables_usings_and_references()
    {
        var run = Execute(SmallNotebook.Setup, "var random = new RandomStream(1); int n = 3;", "n + random.Below(1)");
        Assert.Null(run.Fault);
        Assert.Equal(new CellOutput(CellOutput.Result, "text/plain", "3"), Assert.Single(run.Outputs[2]));
        Assert.Empty(run.Outputs[1]);
    }

    [Fact]
    public void Outputs_stand_in_the_order_in_which_they_were_made()
    {
        var run = Execute(SmallNotebook.Setup, "Console.Write(\"a\"); Console.WriteLine(1.5); ShowSvg(\"<svg viewBox=\\\"0 0 1 1\\\"/>\"); Console.WriteLine(\"b\");\n0.25");
        Assert.Null(run.Fault);
        Assert.Equal(
            [
                new CellOutput(CellOutput.Stream, "stdout", "a1.5\n"),
                new CellOutput(CellOutput.Display, CellOutput.Svg, "<svg viewBox=\"0 0 1 1\"/>"),
                new CellOutput(CellOutput.Stream, "stdout", "b\n"),
                new CellOutput(CellOutput.Result, "text/plain", "0.25"),
            ],
            run.Outputs[1]);
    }

    [Fact]
    public void The_console_is_given_back()
    {
        var before = Console.Out;
        Execute("Console.WriteLine(1);");
        Assert.Same(before, Console.Out);
    }

    [Fact]
    public void An_assembly_that_no_cell_names_is_not_there()
    {
        var run = Execute("using MoViNetNAS.Spaces;");
        Assert.Contains("CS0246", run.Fault?.Message);
    }

    [Theory]
    [InlineData("int a = 1;\n\nint b = c;", 3, "CS0103")]
    [InlineData("int zero = 0;\nint b = 1 / zero;", 2, "DivideByZeroException")]
    [InlineData("int F()\n{\n    throw new InvalidOperationException(\"it is so\");\n}\n\nF();", 3, "InvalidOperationException: it is so")]
    [InlineData("#r \"Nowhere.dll\"", 1, "Nowhere.dll")]
    public void A_fault_names_the_cell_the_line_and_the_reason(string code, int line, string reason)
    {
        var run = Execute("1", code, "2");
        Assert.Equal(2, run.Fault?.Cell.Number);
        Assert.Equal(line, run.Fault?.Line);
        string sentence = run.Fault!.ToText("small.ipynb");
        Assert.StartsWith($"small.ipynb, cell [2] 'c2', line {line}: ", sentence);
        Assert.Contains(reason, sentence);
        Assert.DoesNotContain("   at ", sentence);
        Assert.Single(run.Outputs);
    }

    [Fact]
    public void A_notebook_that_fails_is_left_as_it_was()
    {
        string path = Notebook("1", "throw new Exception(\"no\");");
        byte[] before = File.ReadAllBytes(path);
        var (code, _, error) = Command("run", path);
        Assert.Equal(1, code);
        Assert.Contains("small.ipynb, cell [2] 'c2', line 1: Exception: no", error);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_notebook_that_takes_too_long_is_stopped()
    {
        var run = NotebookRun.Of(NotebookFile.Load(Notebook("System.Threading.Thread.Sleep(20_000);")), TimeSpan.FromSeconds(1));
        Assert.Equal("the notebook took longer than its limit of 1 s.", run.Fault?.Message);
    }

    [Fact]
    public void Running_twice_writes_the_same_bytes_and_checking_finds_no_difference()
    {
        string path = Notebook(SmallNotebook.Setup, "Console.WriteLine($\"{new RandomStream(1).Below(1000)} and ü\");");
        Assert.Equal(0, Command("run", path).Code);
        byte[] once = File.ReadAllBytes(path);
        Assert.Equal(0, Command("run", path).Code);
        Assert.Equal(once, File.ReadAllBytes(path));
        Assert.Contains("and ü", File.ReadAllText(path));
        Assert.Equal(0, Command("check", path).Code);
    }

    [Fact]
    public void A_check_says_what_was_and_what_is()
    {
        string path = Notebook("Console.WriteLine(\"the answer is 42\");");
        Assert.Equal(0, Command("run", path).Code);
        File.WriteAllText(path, File.ReadAllText(path).Replace("the answer is 42\\n", "the answer is 17\\n", StringComparison.Ordinal));
        byte[] before = File.ReadAllBytes(path);
        var (code, output, _) = Command("check", path);
        Assert.Equal(1, code);
        Assert.Contains("cell [1] 'c1', line 1 of its output:\n  was: the answer is 17\n  is:  the answer is 42", output);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_a_cell_changes_in_the_notebooks_folder_is_gone_afterwards()
    {
        var run = Execute(SmallNotebook.Setup, "File.WriteAllText(Path.Combine(Folder, \"x\"), \"\");\nFolder");
        Assert.Null(run.Fault);
        Assert.False(Directory.Exists(run.Outputs[1][0].Text));
    }

    [Fact]
    public void The_command_line_runs_in_the_notebook_and_its_refusals_are_faults()
    {
        var run = Execute(SmallNotebook.Setup, "Movinet(\"cost --model a0 --json\").Json.GetProperty(\"totalParameters\").GetInt64()", "Movinet(\"cost --model a77\");");
        Assert.Equal("3126071", run.Outputs[1][0].Text);
        Assert.Contains("a77", run.Fault?.Message);
        Assert.StartsWith("InputException", run.Fault?.Message);
    }

    [Theory]
    [InlineData("there is no notebook '07'", "run", "07")]
    [InlineData("did you mean '03-stream-buffers'", "check", "03-stream-bufers")]
    [InlineData("unknown option '--fast'", "run", "--fast")]
    [InlineData("--timeout must be a whole number of seconds", "run", "--timeout", "soon")]
    [InlineData("check [NOTEBOOK ...]", "walk")]
    public void Bad_arguments_are_refused(string says, params string[] args)
    {
        var (code, _, error) = Command(args);
        Assert.Equal(2, code);
        Assert.Contains(says, error);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "no list 'cells'")]
    [InlineData("""{"cells":[],"nbformat":4,"nbformat_minor":2,"metadata":{}}""", "notebook format 4.2")]
    [InlineData("""{"cells":[],"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"language":"python"}}}""", "the language is 'python'")]
    [InlineData("""{"cells":[{"cell_type":"code"}],"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"language":"C#"}}}""", "a cell has no id")]
    [InlineData("""{"cells":[{"id":"a"},{"id":"a"}],"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"language":"C#"}}}""", "two cells have the id 'a'")]
    public void What_is_no_notebook_for_us_is_refused(string text, string says)
    {
        string path = _folder["x.ipynb"];
        File.WriteAllText(path, text);
        Assert.Contains(says, Assert.Throws<InputException>(() => NotebookFile.Load(path)).Message);
    }
}
