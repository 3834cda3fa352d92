using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet runs show`: what a paper has to state of a run.</summary>
internal static class RunsShowVerb
{
    private static readonly Argument<string> Run = new("run") { Description = "A run." };

    public static Command Create()
    {
        var command = new Command("show", "Say of a run what a paper has to state: compute, versions, machine, seeds, data, fingerprints.") { Run, CommonOptions.Database, CommonOptions.Json };
        command.SetAction(Show);
        return command;
    }

    private static int Show(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var account = RunAccount.Of(store, parse.GetValue(CommonOptions.Database)!, parse.GetRequiredValue(Run));
        var run = account.Run;
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new
            {
                Run = run.Name,
                Status = RunsVerb.Status(run),
                run.Command,
                run.Algorithm,
                Objective = CostObjectives.NameOf(run.Objective),
                run.Target,
                Space = run.SpaceName,
                run.SpaceHash,
                run.SplitHash,
                run.Seed,
                run.Versions,
                run.Machine,
                run.StartedUtc,
                run.FinishedUtc,
                account.Time?.Seconds,
                account.Time?.Sittings,
                IsTimeWhole = account.Time?.IsWhole,
                account.Trials,
                account.DistinctArchitectures,
                account.TrainedClips,
                account.ScoredClips,
                run.Fingerprints,
                run.MostProbable,
                run.MostProbableFeasible,
                Models = account.Models.Select(model => new { model.Name, model.Architecture, model.Seed, model.SplitHash, model.Top1, model.Clips }),
                run.Failure,
            });
            return ExitCode.Done;
        }

        terminal.Table(["", ""], Rows(account));
        if (account.Models.Count == 0) return ExitCode.Done;
        terminal.Line();
        terminal.Table(["trained from it", "seed>", "top-1>", "clips>"], account.Models.Select(model => new[]
        {
            model.Name, $"{model.Seed}", FormattableString.Invariant($"{model.Top1:P1}"), Units.Count(model.Clips),
        }));
        return ExitCode.Done;
    }

    private static IEnumerable<string[]> Rows(RunAccount account)
    {
        var run = account.Run;
        yield return ["run", $"{run.Name} ({RunsVerb.Status(run)})"];
        yield return ["command", run.Command];
        yield return ["search", $"{run.Algorithm} over '{run.SpaceName}', target {Units.Metric(run.Target)} {CostObjectives.NameOf(run.Objective)}"];
        yield return ["seed", $"{run.Seed}"];
        yield return ["time", TimeText(account)];
        yield return ["architectures", $"{Units.Count(account.Trials)} evaluated, {Units.Count(account.DistinctArchitectures)} different"];
        if (account.TrainedClips is { } trained) yield return ["clips trained on", Units.Count(trained)];
        yield return ["clips scored on", Units.Count(account.ScoredClips)];
        yield return ["machine", run.Machine];
        yield return ["versions", run.Versions];
        yield return ["space hash", run.SpaceHash];
        yield return ["data hash", run.SplitHash];
        if (run.Fingerprints is { } prints)
        {
            yield return ["trials hash", prints.Trials];
            yield return ["logits hash", prints.Logits];
            yield return ["weights hash", prints.Weights];
        }

        if (run.MostProbableFeasible is { } pick) yield return ["result", pick];
        if (run.Failure is { } failure) yield return ["failure", failure];
    }

    private static string TimeText(RunAccount account)
    {
        if (account.Time is not { } time) return $"started {account.Run.StartedUtc:yyyy-MM-dd HH:mm} UTC; its log is gone";
        string sittings = time.Sittings == 1 ? "" : $" in {time.Sittings} sittings";
        return $"{Units.Duration(TimeSpan.FromSeconds(time.Seconds))}{sittings}{(time.IsWhole ? "" : ", without those that have not ended")}, started {account.Run.StartedUtc:yyyy-MM-dd HH:mm} UTC";
    }
}
