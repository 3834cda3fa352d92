using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet search`: runs an architecture search, or goes on with one.</summary>
internal static class SearchVerb
{
    private static readonly Argument<string?> File = new("experiment") { Description = "An experiment file.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Resume = new("--resume") { Description = "Go on with this run.", HelpName = "run" };
    private static readonly Option<string?> Algorithm = new("--algorithm") { Description = "tunas, or random with the same budget.", HelpName = "tunas|random" };

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
        var summary = interruption.Run(cancellation => parse.GetValue(Resume) is { } name
            ? GoOn(parse, name, terminal, interruption, cancellation)
            : Begin(parse, terminal, interruption, cancellation));
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(summary);
        else SummaryText.Write(terminal, summary);
        return ExitCode.Done;
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
        string stem = experiment.Search.Algorithm == Search.SearchAlgorithm.Random ? $"{experiment.Name}-random" : experiment.Name;
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
