using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Studies;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet study`: trains the rows of a table from several seeds and measures them.</summary>
internal static class StudyVerb
{
    private static readonly Argument<string> File = new("file") { Description = "A study, for example experiments/ablation.json." };
    private static readonly Option<string?> From = new("--run") { Description = "Take the network from this search run, not from the file.", HelpName = "run" };
    private static readonly Option<string> Pick = new("--pick") { Description = $"Which one: {PickedNetwork.Names}.", HelpName = "pick", DefaultValueFactory = _ => "feasible" };

    private static readonly Option<string?> Experiment = new("--experiment") { Description = "Change this experiment, not the one in the file.", HelpName = "file" };

    public static Command Create()
    {
        var command = new Command("study", "Train the rows of a table from several seeds, and measure them with intervals; run again, it goes on.")
        {
            File, Experiment, From, Pick, ExperimentOptions.Data, CommonOptions.Database, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var study = Study.Load(parse.GetValue(File)!);
        if (parse.GetValue(Experiment) is { } other) study = study.On(other);
        var from = parse.GetValue(From);
        if (from is null) ExperimentOptions.RequireAlone(parse, "a study without --run", Pick);
        string device = parse.GetValue(CommonOptions.Device)!;
        int threads = parse.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount;
        Devices.UseThreads(threads);
        using var store = from is null ? RunStore.Open(parse.GetValue(CommonOptions.Database)!) : Stores.OpenExisting(parse);
        string? genotype = from is null ? null : $"{PickedNetwork.From(store.Run(from), parse.GetValue(Pick)!, store).Genotype}";
        interruption.ResumeCommand = "./movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        var networks = new StudyNetworks(study, genotype, parse.GetValue(ExperimentOptions.Data), device, threads);
        var results = interruption.Run(cancellation => new StudyRun(study, networks, store, terminal, device).Run(cancellation));
        var folder = new RunFolder(store.Path, study.Name);
        var machine = RunMachine.Here(device, threads);
        StudyFiles.Write(folder.Path, study, results, machine.Command, machine.Text);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(Json(results));
        else terminal.Out.Write(StudyFiles.Table(results).ToText());
        terminal.Note($"files: {folder.Path}");
        return ExitCode.Done;
    }

    private static IEnumerable<object> Json(IReadOnlyList<StudyResult> results) => results.Select(result => new
    {
        row = result.Row.Name,
        measure = result.Seeds[0].Result.MeasureName,
        result.Summary.Mean,
        standardDeviation = Finite(result.Summary.StandardDeviation),
        halfWidth = Finite(result.Summary.HalfWidth),
        seeds = result.Seeds.Select(seed => new { seed.Seed, measure = seed.Result.Measure(), right = seed.Result.IsMultiLabel ? (int?)null : seed.Result.Right, seed.Result.Clips }),
        macsPerVideo = result.Cost.Macs * result.Row.Evaluation.Views,
        result.Cost.MacsPerFrame,
        result.Cost.TrainableParameters,
        result.Cost.StreamStateBytes,
    });

    // JSON has no NaN.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
