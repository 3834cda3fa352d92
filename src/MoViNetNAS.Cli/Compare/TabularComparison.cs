using System.Collections.Immutable;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>Replays every method from every seed on a table of trained networks.</summary>
/// <remarks>A search sees one training of each architecture, drawn by its seed, and its scores; what it chose is worth the mean test accuracy
/// of all trainings of that architecture; or, with a beta, TuNAS's absolute reward of that. Methods of one seed see the same trainings.</remarks>
internal sealed class TabularComparison
{
    private readonly Comparison _comparison;
    private readonly TabularBenchmark _benchmark;
    private readonly IReward? _reward;
    private readonly double _referenceCost, _wholeHypervolume;

    /// <exception cref="InputException">No architecture of the table may be chosen.</exception>
    public TabularComparison(Comparison comparison, TabularBenchmark benchmark)
    {
        (_comparison, _benchmark) = (comparison, benchmark);
        double[] costs = [.. benchmark.Entries.Select(entry => entry.Cost.Of(comparison.Objective)).Order()];
        Target = comparison.Target ?? (costs[(costs.Length - 1) / 2] + costs[costs.Length / 2]) / 2;
        _reward = comparison.Beta is { } beta ? new AbsoluteReward(Target, beta) : null;
        Feasible = comparison switch
        {
            { Beta: not null } => FeasibleSet.All,
            { Tolerance: { } tolerance } => FeasibleSet.Of(new CostWindow(comparison.Objective, Target, tolerance)),
            _ => FeasibleSet.Of(new CostLimit(comparison.Objective, Target)),
        };
        Best = benchmark.Entries.Where(entry => Feasible.Contains(entry.Cost)).MaxBy(Worth) ?? throw new InputException(FormattableString.Invariant(
            $"no architecture of benchmark '{benchmark.Recipe.Name}' may be chosen: {CostObjectives.NameOf(comparison.Objective)} are from {costs[0]:R} to {costs[^1]:R}, the target is {Target:R}."));
        _referenceCost = costs[^1] * 1.0001; // the dearest architecture counts a little
        _wholeHypervolume = Hypervolume(benchmark.Entries);
    }

    /// <summary>The bound on the objective.</summary>
    public double Target { get; }

    /// <summary>What may be chosen.</summary>
    public FeasibleSet Feasible { get; }

    /// <summary>The architecture worth most among those.</summary>
    public TabularEntry Best { get; }

    /// <summary>What an architecture is worth: its mean test accuracy, or the reward of that and its cost.</summary>
    public double Worth(TabularEntry entry) => _reward?.Score(entry.MeanTest, entry.Cost.Of(_comparison.Objective)) ?? entry.MeanTest;

    /// <summary>Every method from every seed, in the order of the file.</summary>
    public IReadOnlyList<MethodResult> Run(Terminal terminal, CancellationToken cancellation)
    {
        var results = new List<MethodResult>();
        using var progress = terminal.Progress("search", (long)_comparison.Methods.Length * _comparison.Seeds.Length);
        foreach (var method in _comparison.Methods)
            foreach (ulong seed in _comparison.Seeds)
            {
                results.Add(Search(method, seed, cancellation));
                progress.Report(results.Count, method.Name);
            }

        return results;
    }

    private MethodResult Search(CompareMethod method, ulong seed, CancellationToken cancellation)
    {
        var recipe = _benchmark.Recipe;
        var root = new RandomStream(seed);
        var problem = new StrategyProblem(_benchmark.Space, _benchmark.Costs(), _comparison.Objective, Feasible, recipe.Epochs[^1], root.Derive("strategy"));
        var strategy = method.Strategy!.Make(problem);
        var observations = StrategySearch.Run(
            strategy, problem, new Rewarded(new TabularEvaluator(_benchmark, root.Derive("table")), this), (long)_comparison.Evaluations * recipe.Epochs[^1], cancellation: cancellation);
        var chosen = strategy.Recommended is { } genotype ? _benchmark[genotype] : null;
        return new MethodResult(
            method.Name, seed, chosen?.Genotype, chosen?.Cost, chosen is null ? null : Worth(chosen),
            (observations.IsEmpty ? 0 : observations[^1].SpentEpochs) * recipe.ClipsPerEpoch, 0, Seconds(observations), Curve(observations))
        {
            Evaluated = [.. observations.Select(observation => _benchmark[observation.Genotype]).Distinct().Select(entry => (entry.Cost.Of(_comparison.Objective), entry.MeanTest))],
        };
    }

    private double Seconds(ImmutableArray<Observation> observations) => observations
        .GroupBy(observation => observation.Genotype)
        .Sum(ofOne => _benchmark[ofOne.Key].Trainings.Average(training => training.Seconds) * ofOne.Max(observation => observation.Epochs) / _benchmark.Recipe.Epochs[^1]);

    // A point for every evaluation that cost something; the best so far is by score, as the search sees it, and worth its test accuracy.
    private ImmutableArray<MethodPoint> Curve(ImmutableArray<Observation> observations)
    {
        var points = ImmutableArray.CreateBuilder<MethodPoint>();
        var seen = new Dictionary<Genotype, TabularEntry>();
        Observation? best = null;
        double area = 0;
        long spent = 0;
        foreach (var observation in observations)
        {
            if (seen.TryAdd(observation.Genotype, _benchmark[observation.Genotype])) area = Hypervolume(seen.Values) / _wholeHypervolume;
            bool isBetter = best is null || observation.Epochs > best.Epochs || (observation.Epochs == best.Epochs && observation.Quality > best.Quality);
            if (Feasible.Contains(observation.Cost) && isBetter) best = observation;
            if (observation.SpentEpochs == spent) continue;
            spent = observation.SpentEpochs;
            points.Add(new MethodPoint(spent * _benchmark.Recipe.ClipsPerEpoch, best is null ? null : Worth(_benchmark[best.Genotype]), area));
        }

        return points.ToImmutable();
    }

    // What a search sees: the score of one training, or the reward of it.
    private sealed class Rewarded(TabularEvaluator scores, TabularComparison comparison) : IGenotypeEvaluator
    {
        public double Score(Genotype genotype, int epochs)
        {
            double score = scores.Score(genotype, epochs);
            return comparison._reward?.Score(score, comparison._benchmark[genotype].Cost.Of(comparison._comparison.Objective)) ?? score;
        }
    }

    private double Hypervolume(IEnumerable<TabularEntry> entries) =>
        ParetoFront.Hypervolume(entries, entry => entry.Cost.Of(_comparison.Objective), entry => entry.MeanTest, _referenceCost, 0);
}
