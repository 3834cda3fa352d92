using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet runs import`: takes in a run that was exported elsewhere.</summary>
internal static class RunsImportVerb
{
    private static readonly Argument<string> Source = new("file") { Description = "A file of `movinet runs export`." };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the run here (default: its own).", HelpName = "name" };

    public static Command Create()
    {
        var command = new Command("import", "Take in a run that was exported elsewhere; `runs`, `pareto` and `rerun` then know it.") { Source, Name, CommonOptions.Database, CommonOptions.Json };
        command.SetAction(Read);
        return command;
    }

    private static int Read(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string file = parse.GetRequiredValue(Source);
        RunArchive.Read(file); // before a store is made for what cannot be taken in
        using var store = RunStore.Open(parse.GetValue(CommonOptions.Database)!);
        var record = RunImport.Into(store, file, parse.GetValue(Name));
        string folder = new RunFolder(store.Path, record.Name).Path;
        int trials = store.TrialCount(record.Name);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(new { Run = record.Name, Trials = trials, Folder = folder });
        else terminal.Line($"run {record.Name}: {Units.Count(trials)} trials; files in {folder}");
        return ExitCode.Done;
    }
}
