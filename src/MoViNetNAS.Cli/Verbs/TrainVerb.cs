using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet train`: trains a network picked from a search, or a released one, by itself.</summary>
internal static class TrainVerb
{
    private static readonly Option<string?> From = new("--run") { Description = "Train an architecture of this search run.", HelpName = "run" };
    private static readonly Option<string> Pick = new("--pick") { Description = $"Which one: {PickedNetwork.Names}.", HelpName = "pick", DefaultValueFactory = _ => "feasible" };
    private static readonly Option<string?> Model = new("--model") { Description = $"Train a network by name: {string.Join(", ", NamedNetworks.Single)}.", HelpName = "model" };
    private static readonly Option<string?> ExperimentFile = new("--experiment") { Description = "Data and training settings (default: those of the run).", HelpName = "file" };
    private static readonly Option<bool> HalfRate = new("--half-rate") { Description = "Train a member of a temporal ensemble: half the frames, twice as far apart." };
    private static readonly Option<string?> Init = new("--init") { Description = $"Start from these weights: {StartingWeights.Supernet} (the search's shared ones, with --run), or a checkpoint of the same design.", HelpName = "checkpoint" };
    private static readonly Option<bool> TensorBoard = new("--tensorboard") { Description = "Write the epochs for TensorBoard too." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Train and store nothing: print what the training would be, its memory and, measured for some seconds, its time." };
    private static readonly Option<string?> Resume = new("--resume") { Description = "Go on with this interrupted training.", HelpName = "model" };

    public static Command Create()
    {
        var command = new Command("train", "Train one network by itself, through stream buffers where asked.")
        {
            From, Pick, Model, ExperimentFile, HalfRate, Init, TensorBoard, DryRun, Resume, ExperimentOptions.Data, ExperimentOptions.Name, ExperimentOptions.Seed, CommonOptions.Set,
            CommonOptions.Database, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        RequireSource(parse);
        if (parse.GetValue(DryRun)) return Preview(parse, terminal, interruption);
        var summary = interruption.Run(cancellation =>
        {
            string? resumed = parse.GetValue(Resume);
            var named = resumed is null && parse.GetValue(From) is null ? LoadNamed(parse) : null;
            using var store = named is null ? Stores.OpenExisting(parse) : RunStore.Open(parse.GetValue(CommonOptions.Database)!);
            var plan = resumed is null ? NewPlan(parse, named, store).Plan : TrainingPlan.Load(store, resumed);
            if (parse.GetValue(ExperimentOptions.Data) is { } data) plan = plan with { Data = plan.Data.At(data) };
            Devices.UseThreads(plan.Threads);
            using var run = new TrainingRun(plan, resumed is not null, store, terminal, cancellation);
            interruption.ResumeCommand = $"./movinet train --resume {plan.Name}{CommonOptions.AlsoForResuming(parse)}";
            return run.Run(cancellation);
        });
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(summary);
        else TrainingSummaryText.Write(terminal, summary);
        return ExitCode.Done;
    }

    // A named network needs no store, and none is made for it.
    private static int Preview(ParseResult parse, Terminal terminal, Interruption interruption)
    {
        var named = parse.GetValue(From) is null ? LoadNamed(parse) : null;
        using var store = named is null ? Stores.OpenExisting(parse) : null;
        var (plan, experiment) = NewPlan(parse, named, store);
        if (parse.GetValue(ExperimentOptions.Data) is { } data) plan = plan with { Data = plan.Data.At(data) };
        var preview = interruption.Run(cancellation => TrainingPreview.Of(plan, experiment, terminal, cancellation));
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(preview);
        else TrainingPreviewText.Write(terminal, preview, plan.Settings);
        return ExitCode.Done;
    }

    // Read before the store is opened, so that a mistake in the file leaves no empty one behind.
    private static Experiment LoadNamed(ParseResult parse)
    {
        string file = parse.GetValue(ExperimentFile)!;
        var experiment = ExperimentOptions.Load(parse, file, [.. parse.GetValue(CommonOptions.Set)!]);
        if (parse.GetValue(Model) is { } model) return experiment with { Network = model.ToLowerInvariant() };
        return experiment.Network is null && StartingWeights.Checkpoint(parse.GetValue(Init)) is null ? throw new InputException($"{file} names no network: give --model NAME, or the key 'network' in the file.") : experiment;
    }

    private static (TrainingPlan Plan, string Experiment) NewPlan(ParseResult parse, Experiment? named, RunStore? store)
    {
        var record = named is null ? store!.Run(parse.GetValue(From)!) : null;
        var experiment = named
            ?? ExperimentOptions.Load(parse, parse.GetValue(ExperimentFile) ?? new RunFolder(store!.Path, record!.Name).Config, [.. parse.GetValue(CommonOptions.Set)!]);
        var picked = record is null ? null : PickedNetwork.From(record, parse.GetValue(Pick)!, store!);
        NetworkDesign? wanted = picked is not null ? new MoViNetDesign(picked.Architecture, experiment.Train.Variant)
            : experiment.Network is { } network ? NamedNetworks.Get(network, experiment.Train.Variant) : null;
        string? init = StartingWeights.Checkpoint(parse.GetValue(Init)) ?? parse.GetValue(Init);
        var design = StartingWeights.DesignFor(wanted, init);
        // Where the space chooses its input, a picked network has its own, unless the experiment says another.
        bool isChosen = picked is not null && experiment.Space is { Definition: { InputChoices: not null } definition } && experiment.Input == definition.Input;
        var whole = isChosen ? picked!.Architecture.Input : experiment.Input;
        var input = parse.GetValue(HalfRate) ? whole.AtHalfRate() : whole;
        int threads = parse.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount;
        string stem = record is null ? NameOf(experiment) : $"{record.Name}-{PickName(parse)}";
        string? asked = parse.GetValue(ExperimentOptions.Name);
        string name = store is null ? asked ?? stem : asked is null ? RunNames.Next(stem, store) : RunNames.Check(asked, store);
        var plan = new TrainingPlan(
            name, record?.Name, picked?.Genotype.ToString(), design, input, experiment.Data,
            experiment.Train with { TensorBoard = experiment.Train.TensorBoard || parse.GetValue(TensorBoard) },
            experiment.Seed, parse.GetValue(CommonOptions.Device)!, threads, init);
        return (plan, experiment.Name);
    }

    // Asked before the store is opened, so that a mistake leaves no empty one behind.
    private static void RequireSource(ParseResult parse)
    {
        if (parse.GetValue(Resume) is not null)
        {
            ExperimentOptions.RequireAlone(
                parse, "--resume", From, Pick, Model, ExperimentFile, HalfRate, Init, TensorBoard, DryRun, ExperimentOptions.Name, ExperimentOptions.Seed, CommonOptions.Set, CommonOptions.Device, CommonOptions.Threads);
            return;
        }

        var (from, model) = (parse.GetValue(From), parse.GetValue(Model));
        bool hasFile = parse.GetValue(ExperimentFile) is not null;
        if (from is null ? model is null && !hasFile : model is not null)
            throw new InputException("train what? Give either --run RUN (with --pick), or --model NAME with --experiment FILE.");
        if (from is not null) return;
        if (parse.GetValue(Init) == StartingWeights.Supernet) throw new InputException("--init supernet needs --run RUN: a search, whose shared weights the training starts from.");
        ExperimentOptions.RequireAlone(parse, model is null ? "--experiment without --run" : "--model", Pick);
        if (model is null) return;
        NamedNetworks.Get(model, NetworkVariant.Base);
        if (parse.GetValue(ExperimentFile) is null) throw new InputException("--model needs --experiment FILE, which says on what data and how to train.");
    }

    // Files of one network are often called after it.
    private static string NameOf(Experiment experiment) =>
        experiment.Network is null || experiment.Name.Split('-').Contains(experiment.Network) ? experiment.Name : $"{experiment.Network}-{experiment.Name}";

    private static string PickName(ParseResult parse) => parse.GetValue(Pick)!.Contains(':', StringComparison.Ordinal) ? "pick" : parse.GetValue(Pick)!;
}
