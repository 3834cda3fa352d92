using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet data check`: what is on disk, what is wrong with it, and whether the splits are apart.</summary>
internal static class DataCheckVerb
{
    private const int MostNamed = 20;
    private static readonly Argument<string> File = new("experiment") { Description = "An experiment file whose data are videos." };

    public static Command Create()
    {
        var command = new Command("check", "Decode every video; count splits and classes, and name what is missing, broken, double or leaking. Exit 1 when something is.")
        {
            File, ExperimentOptions.Data, CommonOptions.Set, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        string file = parse.GetRequiredValue(File);
        var experiment = ExperimentOptions.LoadPlain(parse, file);
        var videos = experiment.Data.Videos(experiment.Input)
            ?? throw new InputException($"{file}: its clips are generated; there is nothing on disk to check.");
        var check = interruption.Run(cancellation =>
        {
            using var line = new DecodingLine(terminal);
            return DatasetCheck.Run(videos, line, cancellation);
        });
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(Result(check));
        else Write(terminal, check);
        return check.IsSound ? ExitCode.Done : ExitCode.Failed;
    }

    private static object Result(DatasetCheck check) => new
    {
        check.Name,
        check.Origin,
        check.IsSound,
        Splits = check.Splits.Select(split => new { Split = Word(split.Split), split.Listed, split.Usable, split.Sources, split.Lengths }),
        check.Classes,
        check.Missing,
        check.Broken,
        check.Damaged,
        check.Duplicates,
        check.Flaws,
        Leaks = check.Leaks.Select(leak => new { leak.Source, Kept = Word(leak.Kept), LeftOutOf = Word(leak.LeftOutOf), leak.Videos, leak.Example }),
    };

    private static void Write(Terminal terminal, DatasetCheck check)
    {
        terminal.Line($"{check.Name} ({check.Origin})");
        terminal.Table(["split", "listed>", "usable>", "sources>", "frames: shortest>", "median>", "longest>"], check.Splits.Select(split => new[]
        {
            Word(split.Split), $"{split.Listed}", $"{split.Usable}", $"{split.Sources}", $"{split.Lengths?.MinimumFrames}",
            split.Lengths is null ? "" : FormattableString.Invariant($"{split.Lengths.MedianFrames}"), $"{split.Lengths?.MaximumFrames}",
        }));
        terminal.Table(["class", "weights>", "score>", "test>"], check.Classes.Select(one => new[] { one.Name, $"{one.Weights}", $"{one.Score}", $"{one.Test}" }));
        Name(terminal, "missing", [.. check.Missing.Select(video => $"{video.Path}: {video.Reason}")]);
        Name(terminal, "broken", [.. check.Broken.Select(video => $"{video.Path}: {video.Reason}")]);
        Name(terminal, "damaged", [.. check.Damaged.Select(video => $"{video.Path}: {video.Reason}")]);
        Name(terminal, "double", [.. check.Duplicates.Select(Text)]);
        Name(terminal, "in two splits", [.. check.Leaks.Select(leak =>
            $"{leak.Source} is kept in {Word(leak.Kept)} and left out of {Word(leak.LeftOutOf)} ({leak.Videos} videos, {leak.Example})")]);
        Name(terminal, "wrong in the annotations, and used", check.Flaws);
        if (check.IsSound) terminal.Line("nothing is missing, broken, double or in two splits.");
    }

    private static string Word(Split split) => split.ToString().ToLowerInvariant();

    private static string Text(DuplicateVideos same)
    {
        string[] notes = [.. new[] { (same.IsOnePath, "one file"), (same.AcrossSplits, "in two splits"), (same.AcrossClasses, "in two classes") }
            .Where(note => note.Item1).Select(note => note.Item2)];
        return string.Join(" = ", same.Ids) + (notes.Length > 0 ? $" ({string.Join(", ", notes)})" : "");
    }

    private static void Name(Terminal terminal, string what, IReadOnlyList<string> faults)
    {
        if (faults.Count == 0) return;
        terminal.Line($"{what}: {faults.Count}");
        foreach (string fault in faults.Take(MostNamed)) terminal.Line($"  {fault}");
        if (faults.Count > MostNamed) terminal.Line($"  and {faults.Count - MostNamed} more");
    }
}
