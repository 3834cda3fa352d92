using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet runs`: the search runs and trained models in the database.</summary>
internal static class RunsVerb
{
    public static Command Create()
    {
        var command = new Command("runs", "List the runs and models in the database; show, export and import runs.")
        {
            RunsShowVerb.Create(), RunsResultVerb.Create(), RunsExportVerb.Create(), RunsImportVerb.Create(), CommonOptions.Database, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var runs = store.Runs();
        var models = store.Models();
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new
            {
                Runs = runs.Select(run => new
                {
                    run.Name,
                    Status = Status(run),
                    run.StartedUtc,
                    run.FinishedUtc,
                    run.Algorithm,
                    Space = run.SpaceName,
                    Objective = CostObjectives.NameOf(run.Objective),
                    run.Target,
                    Trials = store.TrialCount(run.Name),
                    run.MostProbable,
                    run.MostProbableFeasible,
                    run.Command,
                    run.Failure,
                }),
                Models = models.Select(model => new { model.Name, model.Run, model.Architecture, model.Variant, model.Top1, model.Clips, model.Macs, model.Checkpoint, model.CreatedUtc }),
            });
            return ExitCode.Done;
        }

        terminal.Table(["run", "status", "started (UTC)", "algorithm", "space", "target>", "trials>"], runs.Select(run => new[]
        {
            run.Name, Status(run), $"{run.StartedUtc:yyyy-MM-dd HH:mm}", run.Algorithm, run.SpaceName,
            Units.Metric(run.Target) + (run.Objective == CostObjective.LatencyMs ? " ms" : ""), Units.Count(store.TrialCount(run.Name)),
        }));
        if (models.Count == 0) return ExitCode.Done;
        terminal.Line();
        terminal.Table(["model", "from run", "variant", "top-1>", "clips>", "macs>", "checkpoint"], models.Select(model => new[]
        {
            model.Name, model.Run ?? model.Architecture, model.Variant, FormattableString.Invariant($"{model.Top1:P1}"), Units.Count(model.Clips),
            Units.Metric(model.Macs), model.Checkpoint,
        }));
        return ExitCode.Done;
    }

    // A run that was killed could not say so: it is still "running" in its record.
    internal static string Status(RunRecord run) => run.Status == RunStatus.Running ? "running, or killed" : run.Status.ToString().ToLowerInvariant();
}
