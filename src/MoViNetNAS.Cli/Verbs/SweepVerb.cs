using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Sweeps;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet sweep`: one search for each space and target, and their fronts in one picture.</summary>
internal static class SweepVerb
{
    private static readonly Argument<string> File = new("file") { Description = "A sweep, for example experiments/sweep-small.json." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say targets and what the steps cost, and search nothing." };

    public static Command Create()
    {
        var command = new Command("sweep", "Search each of several spaces for each of several targets, and overlay the fronts; run again, it goes on.")
        {
            File, DryRun, ExperimentOptions.Data, CommonOptions.Database, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        bool isJson = parse.GetValue(CommonOptions.Json);
        using var interruption = new Interruption(terminal.Error);
        var sweep = Sweep.Load(parse.GetValue(File)!);
        int threads = Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var searches = interruption.Run(cancellation => SweepPlan.Of(sweep, parse.GetValue(ExperimentOptions.Data), terminal, cancellation));
        if (parse.GetValue(DryRun))
        {
            if (isJson) terminal.Json(searches.Select(search => new { search.Run, space = search.Space.Name, target = search.Experiment.Search.Target, median = search.Costs[search.Costs.Count / 2], search.MeanMacs, search.StepMacs }));
            else terminal.Out.Write(SweepFiles.Plan(searches).ToText());
            return ExitCode.Done;
        }

        var machine = RunMachine.Here(parse.GetValue(CommonOptions.Device)!, threads);
        using var store = RunStore.Open(parse.GetValue(CommonOptions.Database)!);
        interruption.ResumeCommand = "./movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        var run = new SweepRun(store, machine, terminal);
        interruption.Run(cancellation =>
        {
            run.Run(searches, cancellation);
            return true;
        });
        var fronts = run.Fronts(searches);
        string folder = new RunFolder(store.Path, sweep.Name).Path;
        SweepFiles.Write(folder, sweep, searches, fronts, machine.Command, machine.Text);
        if (isJson)
        {
            terminal.Json(searches.Zip(fronts, (search, front) => new
            {
                search.Run,
                space = search.Space.Name,
                target = search.Experiment.Search.Target,
                front = front.Select(trial => new { trial.Genotype, cost = trial.Cost.Of(search.Experiment.Search.Objective), top1 = trial.Quality }),
            }));
        }
        else
        {
            terminal.Out.Write(SweepFiles.Table(searches, fronts).ToText());
        }

        terminal.Note($"files: {folder}");
        return ExitCode.Done;
    }
}
