using System.Text.RegularExpressions;
using MoViNetNAS.Cli.Reports;
using MoViNetNAS.Data;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class PaperVerbTests(FinishedRun finished) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-paper-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_paper_has_its_sections_figures_with_data_tables_checklist_and_the_works_it_cites()
    {
        var files = Write("--no-pdf");
        Assert.Contains("main.tex", files.Keys);
        foreach (string part in new[] { "setup", "space", "method", "results", "limitations", "reproducibility", "checklist", "configuration" })
        {
            Assert.Contains($"\\input{{sections/{part}}}", files["main.tex"]);
            Assert.Contains($"sections/{part}.tex", files.Keys);
        }

        string all = string.Concat(files.Where(file => file.Key.EndsWith(".tex", StringComparison.Ordinal)).Select(file => file.Value));
        foreach (Match figure in Regex.Matches(all, "\\\\includegraphics[^{]*\\{([^}]*)\\}"))
        {
            Assert.Contains(figure.Groups[1].Value + ".csv", files.Keys);
            Assert.StartsWith("%PDF", files[figure.Groups[1].Value + ".pdf"]);
        }

        Assert.Contains("figures/front.pdf", files.Keys);
        Assert.All(Regex.Matches(all, "\\\\input\\{(tables/[^}]*)\\}"), match => Assert.Contains("\\toprule", files[match.Groups[1].Value + ".tex"]));
        Assert.All(Regex.Matches(all, "\\\\ref\\{([^}]*)\\}"), match => Assert.Contains($"\\label{{{match.Groups[1].Value}}}", all));

        string[] cited = [.. Regex.Matches(all, "\\\\cite\\{([^}]*)\\}").Select(match => match.Groups[1].Value).Distinct().Order()];
        Assert.Equal(cited, Regex.Matches(files["references.bib"], "@\\w+\\{([^,]*),").Select(match => match.Groups[1].Value).Order());
        Assert.Equal(cited, Regex.Matches(files["main.bbl"], "\\\\bibitem\\{([^}]*)\\}").Select(match => match.Groups[1].Value).Order());
        Assert.Contains("tunas", cited);
        Assert.DoesNotContain("spos", cited); // a method that this run did not use
        Assert.Contains("Seeds 1;", files["checklist.tex"]);
        Assert.Contains("\\textbf{No.} None is among these records", files["checklist.tex"]); // ablations
    }

    [Theory]
    [InlineData(OtherCoordinates.Still, "the classes differ by motion only.")]
    [InlineData(OtherCoordinates.Jumping, "the classes differ by the order of the frames only.")]
    public void A_paper_says_by_what_generated_classes_differ(OtherCoordinates others, string end) =>
        Assert.EndsWith(end, RunPaper.DataText(new MovingShapesSettings(new MovingShapesOptions { Others = others })));

    [Fact]
    public void The_same_run_gives_the_same_paper()
    {
        var first = Write("--no-pdf");
        Assert.Equal(first, Write("--no-pdf"));
    }

    [Fact]
    public void A_paper_compiles_and_nothing_stands_out_of_the_margin()
    {
        Assert.SkipWhen(PaperBuild.Engine is null, "there is no TeX here (Debian: apt-get install texlive-latex-recommended)");
        var run = Movinet.Done("paper", FinishedRun.Name, "--db", finished.Experiment.Database, "--out", _folder.FullName);
        Assert.DoesNotContain("stands out", run.Error);
        string log = File.ReadAllText(Path.Combine(_folder.FullName, "main.log"));
        Assert.DoesNotContain("undefined", log); // references, citations
        Assert.DoesNotContain("multiply defined", log);
        Assert.StartsWith("%PDF", File.ReadAllText(Path.Combine(_folder.FullName, "main.pdf")));
    }

    [Fact]
    public void A_fault_of_TeX_is_one_sentence_that_names_the_log()
    {
        Assert.SkipWhen(PaperBuild.Engine is null, "there is no TeX here (Debian: apt-get install texlive-latex-recommended)");
        File.WriteAllText(Path.Combine(_folder.FullName, "main.tex"), "\\documentclass{article}\\begin{document}\\nosuchcommand\\end{document}");
        var fault = Assert.Throws<Spaces.MachineException>(() => PaperBuild.Run(_folder.FullName, PaperBuild.Engine, DateTimeOffset.UnixEpoch, CancellationToken.None));
        Assert.Contains("Undefined control sequence", fault.Message);
        Assert.Contains("main.log", fault.Message);
    }

    [Fact]
    public void Only_boxes_that_can_be_seen_to_stand_out_are_told()
    {
        const string log = "Overfull \\hbox (4.9pt too wide) in paragraph at lines 1--2\nOverfull \\hbox (5.1pt too wide) in paragraph at lines 3--4\nOverfull \\vbox (71.0pt too high) has occurred";
        Assert.Equal(["Overfull \\hbox (5.1pt too wide) in paragraph at lines 3--4", "Overfull \\vbox (71.0pt too high) has occurred"], PaperBuild.Wide(log));
    }

    private SortedDictionary<string, string> Write(params string[] more)
    {
        Movinet.Done(["paper", FinishedRun.Name, "--db", finished.Experiment.Database, "--out", _folder.FullName, .. more]);
        return new(Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(_folder.FullName, file).Replace('\\', '/'), file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
    }
}
