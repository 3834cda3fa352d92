using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet rerun`: does a run again from what was kept of it, and says whether the same came out.</summary>
internal static class RerunVerb
{
    private static readonly Argument<string> Original = new("run") { Description = "A run that has ended, or a file of `movinet runs export`." };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the repetition (default: the run's, -rerun and a number).", HelpName = "name" };
    private static readonly Option<string?> Resume = new("--resume") { Description = "Go on with this repetition, or only compare when it has ended.", HelpName = "run" };
    private static readonly Option<string?> Device = new("--device") { Description = "Where to compute (default: where the run did).", HelpName = "cpu|cuda" };
    private static readonly Option<int?> Threads = CommonOptions.WholeNumber("--threads", "Threads to compute with (default: the run's).", 1, 1024);

    public static Command Create()
    {
        Device.AcceptOnlyFromAmong("cpu", "cuda");
        var command = new Command("rerun", "Do a search run again and compare trials, logits and weights bit for bit; the run itself stays as it is.")
        {
            Original, Name, Resume, ExperimentOptions.Data, Device, Threads, CommonOptions.Database, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var comparison = interruption.Run(cancellation => Compare(parse, terminal, interruption, cancellation));
        if (parse.GetValue(CommonOptions.Json))
        {
            static string Text(RerunMatch match) => match.ToString().ToLowerInvariant();
            terminal.Json(new
            {
                comparison.Original,
                comparison.Rerun,
                comparison.IsSame,
                Trials = Text(comparison.Trials),
                Logits = Text(comparison.Logits),
                Weights = Text(comparison.Weights),
                comparison.FirstDifference,
                comparison.Circumstances,
            });
        }
        else Write(terminal, comparison);
        return comparison.IsUnexplained ? ExitCode.Failed : ExitCode.Done;
    }

    private static RerunComparison Compare(ParseResult parse, Terminal terminal, Interruption interruption, CancellationToken cancellation)
    {
        string asked = parse.GetRequiredValue(Original);
        bool isFile = File.Exists(asked);
        if (!isFile && (asked.EndsWith(RunArchive.Extension, StringComparison.OrdinalIgnoreCase) || asked.Contains(Path.DirectorySeparatorChar)))
            throw new InputException($"there is no file {asked}, and names of runs are no paths.");
        using var store = isFile ? RunStore.Open(parse.GetValue(CommonOptions.Database)!) : Stores.OpenExisting(parse);
        var original = isFile ? RunArchive.Read(asked) : RunLineage.Of(store, asked);
        string? data = parse.GetValue(ExperimentOptions.Data);
        string name;
        if (parse.GetValue(Resume) is { } resumed)
        {
            ExperimentOptions.RequireAlone(parse, "--resume", Name, Device, Threads);
            name = resumed;
            original.RequireSameExperiment(store.Run(name));
            Announce(name);
            if (store.Run(name).Status != RunStatus.Completed) ResumedSearch.Run(store, name, data, terminal, cancellation);
        }
        else
        {
            var experiment = original.OpenExperiment();
            if (data is not null) experiment = experiment with { Data = experiment.Data.At(data) };
            var before = RunMachine.Of(original.Record);
            var machine = RunMachine.Here(parse.GetValue(Device) ?? before.Device, Devices.UseThreads(parse.GetValue(Threads) ?? before.Threads));
            name = parse.GetValue(Name) is { } given ? RunNames.Check(given, store) : RunNames.Next($"{original.Record.Name}-rerun", store);
            using var run = new SearchRun(name, experiment, machine, store, terminal, cancellation);
            run.Begin();
            Announce(name);
            run.Run(cancellation);
        }

        return RerunComparison.Of(original, RunLineage.Of(store, name));

        void Announce(string rerun) =>
            interruption.ResumeCommand = $"./movinet rerun {CommonOptions.Quoted(asked)} --resume {rerun}{CommonOptions.AlsoForResuming(parse)}";
    }

    private static void Write(Terminal terminal, RerunComparison comparison)
    {
        terminal.Table(["", comparison.Rerun], [["trials", Word(comparison.Trials)], ["logits", Word(comparison.Logits)], ["weights", Word(comparison.Weights)]]);
        if (comparison.FirstDifference is { } first) terminal.Line($"first difference: {first}");
        terminal.Line(comparison switch
        {
            { IsSame: true, Logits: RerunMatch.Same, Weights: RerunMatch.Same } => $"'{comparison.Rerun}' repeats '{comparison.Original}': same trials, logits and weights.",
            { IsSame: true } => $"'{comparison.Rerun}' repeats '{comparison.Original}' as far as it is known.",
            { IsUnexplained: true } => $"'{comparison.Rerun}' is not '{comparison.Original}', although data, versions, machine and threads are: that is a fault of the program or the machine.",
            _ => $"'{comparison.Rerun}' is not '{comparison.Original}'. What was not the same around it, and can be why:",
        });
        if (comparison.IsSame && comparison.Circumstances.Count > 0) terminal.Line("Although not all around it was the same:");
        foreach (string circumstance in comparison.Circumstances) terminal.Line($"- {circumstance}");
    }

    private static string Word(RerunMatch match) => match switch
    {
        RerunMatch.Same => "same",
        RerunMatch.Different => "different",
        _ => "not known: the run's was not kept",
    };
}
