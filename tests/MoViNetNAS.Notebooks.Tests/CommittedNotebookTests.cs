using System.Diagnostics;

namespace MoViNetNAS.Notebooks.Tests;

/// <summary>The notebooks of the repository: each runs, and says what it said when it was committed.</summary>
public sealed class CommittedNotebookTests
{
    public static TheoryData<string> Names => [.. NotebookCommand.Find(Notebook.FromRoot("notebooks"), []).Select(path => Path.GetFileNameWithoutExtension(path))];

    private static string PathOf(string name) => Path.Combine(Notebook.Root, "notebooks", name + ".ipynb");

    [Fact]
    public void There_are_five() => Assert.Equal(["01", "02", "03", "04", "05"], Names.Select(row => row.Data[..2]));

    // In a process of its own, as a user runs it: threads and random numbers of libtorch belong to the process.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_notebook_says_what_it_said_when_it_was_committed(string name)
    {
        if (name.StartsWith("02", StringComparison.Ordinal)) Assert.SkipUnless(HasFfmpeg(), "ffmpeg is not installed, which decodes the videos of this notebook");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Notebook.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "MoViNetNAS.Notebooks.dll"), "check", name }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}\n{await output}\n{await error}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_is_written_as_the_runner_writes_it(string name)
    {
        var notebook = NotebookFile.Load(PathOf(name));
        Assert.Equal(notebook.With([.. notebook.Cells.Select(cell => cell.Outputs)]), File.ReadAllText(PathOf(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_path_of_a_machine_is_in_it(string name)
    {
        string text = string.Concat(NotebookFile.Load(PathOf(name)).Cells.SelectMany(cell => cell.Outputs).Where(output => !output.IsPicture).Select(output => output.Text));
        Assert.DoesNotContain(Notebook.Root, text);
        Assert.DoesNotContain(Path.GetTempPath(), text);
        Assert.DoesNotContain("/home/", text);
    }

    private static bool HasFfmpeg() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")) || File.Exists(Path.Combine(folder, "ffmpeg.exe")));
}
