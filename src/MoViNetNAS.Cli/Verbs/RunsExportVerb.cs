using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet runs export`: a run as one file.</summary>
internal static class RunsExportVerb
{
    private static readonly Argument<string> Run = new("run") { Description = "A run that has ended." };
    private static readonly Option<string?> Out = new("--out") { Description = "The file to write (default: the run's name and .zip).", HelpName = "file" };
    private static readonly Option<bool> Weights = new("--weights") { Description = "With the shared weights." };

    public static Command Create()
    {
        var command = new Command("export", "Write a run as one file: configuration, space, trials, results, versions, hashes.") { Run, Out, Weights, CommonOptions.Database, CommonOptions.Json };
        command.SetAction(Write);
        return command;
    }

    private static int Write(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string name = parse.GetRequiredValue(Run), path = parse.GetValue(Out) ?? name + RunArchive.Extension;
        if (Directory.Exists(path)) throw new InputException($"--out: {path} is a folder; an exported run is one file.");
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var lineage = RunLineage.Of(store, name);
        var folder = new RunFolder(parse.GetValue(CommonOptions.Database)!, name);
        var manifest = RunExport.Write(lineage, folder, path, parse.GetValue(Weights));
        long bytes = new FileInfo(path).Length;
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(new { File = path, Run = name, Bytes = bytes, Trials = lineage.Trials.Count, Files = manifest.Files.Select(file => file.Name) });
        else terminal.Line($"run {name}: {Units.Count(lineage.Trials.Count)} trials and {manifest.Files.Count} files to {path}, {Units.Count(bytes)} bytes");
        if (!Directory.Exists(folder.Path)) terminal.Note($"{folder.Path} is not there: the file has what the database has, without tables and pictures.");
        return ExitCode.Done;
    }
}
