using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Reports;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet paper`: one or several runs as the LaTeX of a paper, compiled where there is a TeX.</summary>
internal static class PaperVerb
{
    private static readonly Argument<string[]> Runs = ReportVerb.ReportedRuns();

    private static readonly Option<string?> Out = new("--out") { Description = "The folder to write (default: paper in the first run's folder).", HelpName = "folder" };

    private static readonly Option<bool> NoPdf = new("--no-pdf") { Description = "Do not compile it." };

    public static Command Create()
    {
        var command = new Command("paper", "Write one or several runs as the LaTeX of a paper: sections, figures, tables, bibliography, checklist.") { Runs, Out, NoPdf, CommonOptions.Database };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var runs = ReportVerb.Load(parse, Runs);
        string folder = parse.GetValue(Out) ?? Path.Combine(new RunFolder(parse.GetValue(CommonOptions.Database)!, runs[0].Name).Path, "paper");
        var last = runs.Max(run => run.Record.FinishedUtc ?? run.Record.StartedUtc);
        using (var page = RunPaper.Of(runs, CommonOptions.AlsoForResuming(parse)))
        {
            string author = $"Written from the records of {ReportText.Count(runs.Count, "run")} by {runs[0].Record.Versions.Split(" (")[0]}";
            foreach (var file in LatexPaper.Files(page, author, $"Data of {last:yyyy-MM-dd}"))
                AtomicFile.Write(Path.Combine(folder, file.Path), stream => stream.Write(file.Content.Span));
        }

        terminal.Line(Path.Combine(folder, LatexPaper.MainName + ".tex"));
        if (parse.GetValue(NoPdf)) return ExitCode.Done;
        if (PaperBuild.Engine is not { } engine)
        {
            terminal.Note("not compiled: there is no pdflatex, lualatex or xelatex here (Debian: apt-get install texlive-latex-recommended).");
            return ExitCode.Done;
        }

        var build = interruption.Run(cancellation => PaperBuild.Run(folder, engine, last, cancellation));
        terminal.Line(build.Pdf);
        foreach (string box in build.WideBoxes) terminal.Note($"stands out of the margin by more than {PaperBuild.MostOverfullPt} pt: {box}");
        return ExitCode.Done;
    }
}
