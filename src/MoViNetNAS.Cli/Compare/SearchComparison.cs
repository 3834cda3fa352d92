using System.Text.Json;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Compare;

/// <summary>Runs every method's search from every seed, and trains what it chose from scratch; and trains as many architectures of a strategy as a search has compute for.</summary>
/// <remarks>Compute is counted in trained clips, of which a clip that is only scored is a third (one pass of three). Searches that are stored
/// and trainings that are kept are not done again.</remarks>
internal sealed class SearchComparison(Comparison comparison, string? data, RunStore store, Terminal terminal, RunMachine machine)
{
    private const int PassesOfTraining = 3;
    private readonly List<double> _randomTests = [];

    /// <summary>What was compared, in a sentence or two.</summary>
    public string Setting { get; private set; } = "";

    /// <summary>Every method from every seed, in the order of the file.</summary>
    /// <exception cref="InputException">A stored search of the same name is another one.</exception>
    public IReadOnlyList<MethodResult> Run(CancellationToken cancellation)
    {
        Devices.RequireFloat32(Load([], comparison.Seeds[0]).Train);
        var results = new List<MethodResult>();
        foreach (ulong seed in comparison.Seeds)
        {
            long compute = 0;
            foreach (var method in comparison.Methods.Where(method => method.Strategy is null))
            {
                var result = Search(method, seed, cancellation);
                compute = Math.Max(compute, result.TrainedClips + result.ScoredClips / PassesOfTraining);
                results.Add(result);
            }

            foreach (var method in comparison.Methods.Where(method => method.Strategy is not null)) results.Add(TrainMany(method, seed, compute, cancellation));
        }

        var experiment = Load([], comparison.Seeds[0]);
        string drawn = _randomTests.Count == 0 ? "" : FormattableString.Invariant(
            $" All {_randomTests.Count} architectures that were trained at random: mean {100 * _randomTests.Average():F1} %, standard error {100 * SampleSummary.Of(_randomTests).StandardDeviation / Math.Sqrt(_randomTests.Count):F2} points.");
        Setting = $"Experiment {experiment.Name}, space {experiment.RequireSpace().Name}; what a search chose is trained from scratch for {experiment.Train.Epochs} epochs and tested on the split test.{drawn}";
        return [.. comparison.Methods.SelectMany(method => results.Where(result => result.Method == method.Name))];
    }

    private Experiment Load(IEnumerable<string> set, ulong seed)
    {
        var experiment = Experiment.Load(comparison.Experiment!, [.. comparison.Set, .. set, $"seed={seed}"]);
        return data is null ? experiment : experiment with { Data = experiment.Data.At(data) };
    }

    private PickTrainings Trainings(ulong seed, CancellationToken cancellation)
    {
        var experiment = Load([], seed);
        return new PickTrainings(experiment, seed, Path.Combine(new RunFolder(store.Path, comparison.Name).Path, "trainings", $"seed-{seed}.csv"), terminal, cancellation);
    }

    private MethodResult Search(CompareMethod method, ulong seed, CancellationToken cancellation)
    {
        var experiment = Load(method.Set, seed);
        string name = $"{comparison.Name}-{Slug(method.Name)}-{seed}";
        var record = StoredSearch.Run(name, experiment, machine, store, terminal, cancellation);
        var folder = new RunFolder(store.Path, name);
        using var best = JsonDocument.Parse(File.ReadAllText(folder.Best));
        long Count(string key) => best.RootElement.GetProperty(key).GetInt64();
        double seconds = (record.FinishedUtc! - record.StartedUtc).Value.TotalSeconds;
        if (record.MostProbableFeasible is not { } chosen)
            return new MethodResult(method.Name, seed, null, null, null, Count("trainedClips"), Count("scoredClips"), seconds, []);
        using var trainings = Trainings(seed, cancellation);
        var pick = trainings.Train(experiment.RequireSpace().Parse(chosen));
        return new MethodResult(
            method.Name, seed, pick.Genotype, CostOf(experiment, trainings, pick.Genotype), pick.Test, Count("trainedClips"), Count("scoredClips"), seconds, []);
    }

    private MethodResult TrainMany(CompareMethod method, ulong seed, long compute, CancellationToken cancellation)
    {
        var experiment = Load([], seed);
        using var trainings = Trainings(seed, cancellation);
        var space = experiment.RequireSpace();
        var costs = new CostTable(space, experiment.Train.Variant, trainings.Dataset.Classes.Count, space.Definition.Input);
        var settings = experiment.Search.Resolve(space, new CostTable(space, experiment.Variant, trainings.Dataset.Classes.Count, space.Definition.Input, experiment.Latency), experiment.Random);
        int epochs = experiment.Train.Epochs;
        long perTraining = trainings.ClipsPerEpoch * epochs;
        int count = (int)Math.Max(1, compute / perTraining);
        var window = new CostWindow(settings.Objective, settings.Target!.Value, settings.Tolerance);
        var problem = new StrategyProblem(space, costs, settings.Objective, FeasibleSet.Of(window), epochs, new RandomStream(seed).Derive("compare"));
        var strategy = method.Strategy!.Make(problem);
        var evaluations = StrategySearch.Run(strategy, problem, trainings, (long)count * epochs, cancellation: cancellation);
        TrainedPick[] all = [.. evaluations.Select(evaluation => evaluation.Genotype).Distinct().Select(trainings.Train)];
        if (method.Strategy is RandomSettings) _randomTests.AddRange(all.Select(pick => pick.Test));
        var chosen = strategy.Recommended is { } genotype ? trainings.Train(genotype) : null;
        return new MethodResult(
            method.Name, seed, chosen?.Genotype, chosen is null ? null : costs.Of(chosen.Genotype), chosen?.Test, all.Length * perTraining, 0, all.Sum(pick => pick.Seconds), []);
    }

    private static Cost CostOf(Experiment experiment, PickTrainings trainings, Genotype genotype) =>
        new CostTable(experiment.RequireSpace(), experiment.Train.Variant, trainings.Dataset.Classes.Count, experiment.RequireSpace().Definition.Input).Of(genotype);

    private static string Slug(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
