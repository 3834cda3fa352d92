using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Trust;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet search`: runs an architecture search, or goes on with one.</summary>
internal static class SearchVerb
{
    private static readonly Argument<string?> File = new("experiment") { Description = "An experiment file.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Resume = new("--resume") { Description = "Go on with this run.", HelpName = "run" };
    private static readonly Option<string?> Algorithm = new("--algorithm") { Description = "tunas; random with the same budget; or a rival that trains first and chooses then.", HelpName = "tunas|random|spos|fairnas|sandwich" };

    public static Command Create()
    {
        var command = new Command("search", "Search for architectures with shared weights and a learned policy.")
        {
            File, Resume, Algorithm, ExperimentOptions.Data, ExperimentOptions.Name, ExperimentOptions.Seed, CommonOptions.Set, CommonOptions.Database,
            CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        bool isJson = parse.GetValue(CommonOptions.Json);
        interruption.Run(cancellation =>
        {
            var summary = parse.GetValue(Resume) is { } name
                ? GoOn(parse, name, terminal, interruption, cancellation)
                : Begin(parse, terminal, interruption, cancellation);
            if (isJson) terminal.Json(summary);
            else SummaryText.Write(terminal, summary);
            Check(parse, summary.Run, isTold: !isJson, terminal, interruption, cancellation);
            return ExitCode.Done;
        });
        return ExitCode.Done;
    }

    // What the experiment's section "trust" asks for, when the search has ended and its result is told.
    private static void Check(ParseResult parse, string name, bool isTold, Terminal terminal, Interruption interruption, CancellationToken cancellation)
    {
        using var store = Stores.OpenExisting(parse);
        var folder = new RunFolder(store.Path, name);
        var experiment = Experiment.Load(folder.Config);
        if (experiment.Trust is not { } settings) return;
        if (parse.GetValue(ExperimentOptions.Data) is { } data) experiment = experiment with { Data = experiment.Data.At(data) };
        interruption.ResumeCommand = $"./movinet trust {name}{CommonOptions.AlsoForResuming(parse)}";
        var trust = new TrustRun(store.Run(name), experiment, store, terminal);
        var report = TrustFiles.Write(trust.Folder, trust.ByTraining(settings, RunMachine.Load(folder.Machine), cancellation));
        if (isTold) TrustFiles.Print(report, terminal);
    }

    private static SearchSummary Begin(ParseResult parse, Terminal terminal, Interruption interruption, CancellationToken cancellation)
    {
        string file = parse.GetValue(File) ?? throw new InputException("which experiment? Give a file, for example experiments/quickstart.json, or --resume RUN.");
        var overrides = parse.GetValue(CommonOptions.Set)!.ToList();
        if (parse.GetValue(Algorithm) is { } algorithm) overrides.Add($"search.algorithm={algorithm}");
        var experiment = ExperimentOptions.Load(parse, file, overrides);
        experiment.RequireSpace();
        int threads = Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var machine = RunMachine.Here(parse.GetValue(CommonOptions.Device)!, threads);
        using var store = RunStore.Open(parse.GetValue(CommonOptions.Database)!);
        string stem = experiment.Search.Algorithm == Search.SearchAlgorithm.Tunas ? experiment.Name : $"{experiment.Name}-{experiment.Search.AlgorithmName}";
        string name = parse.GetValue(ExperimentOptions.Name) is { } asked ? RunNames.Check(asked, store) : RunNames.Next(stem, store);
        using var run = new SearchRun(name, experiment, machine, store, terminal, cancellation);
        run.Begin();
        interruption.ResumeCommand = $"./movinet search --resume {name}{CommonOptions.AlsoForResuming(parse)}";
        return run.Run(cancellation);
    }

    private static SearchSummary GoOn(ParseResult parse, string name, Terminal terminal, Interruption interruption, CancellationToken cancellation)
    {
        if (parse.GetValue(File) is { } file) throw new InputException($"--resume goes on with the run's own experiment; leave out '{file}'.");
        ExperimentOptions.RequireAlone(
            parse, "--resume", Algorithm, ExperimentOptions.Name, ExperimentOptions.Seed, CommonOptions.Set, CommonOptions.Device, CommonOptions.Threads);
        using var store = Stores.OpenExisting(parse);
        interruption.ResumeCommand = $"./movinet search --resume {name}{CommonOptions.AlsoForResuming(parse)}";
        return ResumedSearch.Run(store, name, parse.GetValue(ExperimentOptions.Data), terminal, cancellation);
    }
}
