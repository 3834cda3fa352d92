using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Reports;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet report`: one or several runs as one HTML page.</summary>
internal static class ReportVerb
{
    private static readonly Argument<string[]> Runs = ReportedRuns();

    private static readonly Option<string?> Out = new("--out") { Description = "The page to write (default: report.html in the first run's folder).", HelpName = "file" };

    public static Command Create()
    {
        var command = new Command("report", "Write what is known of one or several runs as one HTML page, which opens without a network.") { Runs, Out, CommonOptions.Database };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The runs that a report is of.</summary>
    internal static Argument<string[]> ReportedRuns() => new("runs") { Description = "Runs of the database.", Arity = ArgumentArity.OneOrMore };

    /// <summary>All that is kept of the runs that are named.</summary>
    /// <exception cref="InputException">One is not there, or is named twice.</exception>
    internal static IReadOnlyList<ReportedRun> Load(ParseResult parse, Argument<string[]> argument)
    {
        string database = parse.GetValue(CommonOptions.Database)!;
        string[] names = parse.GetRequiredValue(argument);
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new InputException($"run '{twice.Key}' is named twice; name each run once.");
        using var store = RunStore.OpenReadOnly(database);
        return [.. names.Select(name => ReportedRun.Load(store, database, name))];
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var runs = Load(parse, Runs);
        string path = parse.GetValue(Out) ?? Path.Combine(new RunFolder(parse.GetValue(CommonOptions.Database)!, runs[0].Name).Path, "report.html");
        using var page = RunReport.Of(runs, CommonOptions.AlsoForResuming(parse));
        AtomicFile.WriteText(path, HtmlReport.Render(page));
        terminal.Line(path);
        return ExitCode.Done;
    }
}
