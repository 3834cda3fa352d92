using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Looks for the front of cost against quality: survivors are the least dominated of parents and children, then the least crowded.</summary>
/// <remarks>Constrained domination: a feasible one dominates every infeasible one, and of two infeasible ones the nearer to being feasible
/// dominates. That asks nothing of the quality of an infeasible one, and costs are exact, so infeasible ones live and have children but are
/// never evaluated. A genotype is evaluated once. Source: Deb, Pratap, Agarwal and Meyarivan 2002, NSGA-II, sections III and VI.</remarks>
/// <param name="problem">What is to be solved.</param>
/// <param name="settings">Population and probabilities.</param>
public sealed class Nsga2Strategy(StrategyProblem problem, Nsga2Settings settings) : ISearchStrategy
{
    private const int MostBarrenGenerations = 100, TriesPerChild = 50;
    private readonly ObservationArchive _archive = new(problem);
    private readonly GenotypeMoves _moves = new(problem);
    private readonly HashSet<Genotype> _known = [];
    private ImmutableArray<Proposal>? _asked;
    private ImmutableArray<Individual> _population = [], _infeasibleChildren = [];
    private int _generation;

    /// <inheritdoc/>
    public Genotype? Recommended => _archive.Best?.Genotype;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= [.. Next().Select(genotype => new Proposal(genotype, problem.MostEpochs))];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        _archive.Add(observations);
        Survive([.. observations.Select(observation => new Individual(observation.Genotype, observation.Cost.Of(problem.Objective), observation.Quality, 0))]);
        _asked = null;
    }

    /// <summary>The living, the least dominated first and of those the least crowded: feasible ones were evaluated.</summary>
    internal ImmutableArray<Genotype> Population => [.. _population.Select(individual => individual.Genotype)];

    private ImmutableArray<Genotype> Next()
    {
        for (int barren = 0; barren < MostBarrenGenerations; barren++)
        {
            var random = problem.Seed.Derive("generation", _generation++);
            Genotype[] children = _population.IsEmpty ? [.. Founders(random)] : [.. Children(random)];
            var violations = children.Select(child => problem.Feasible.Violation(problem.Costs.Of(child))).ToArray();
            _known.UnionWith(children);
            _infeasibleChildren =
            [
                .. children.Zip(violations).Where(pair => pair.Second > 0)
                    .Select(pair => new Individual(pair.First, problem.Costs.Of(pair.First).Of(problem.Objective), 0, pair.Second)),
            ];
            ImmutableArray<Genotype> feasible = [.. children.Zip(violations).Where(pair => pair.Second <= 0).Select(pair => pair.First)];
            if (!feasible.IsEmpty) return feasible;
            Survive([]);
        }

        // Everything near the living is known or infeasible.
        return _moves.Draw(problem.Seed.Derive("fresh", _generation), _known) is { } fresh && _known.Add(fresh) ? [fresh] : [];
    }

    // Half of them uniform, half of them feasible: a window that few draws hit must not make a population of nothing but strangers to it.
    private IEnumerable<Genotype> Founders(RandomStream random)
    {
        var founders = new HashSet<Genotype>();
        for (int i = 0; i < settings.Population; i++)
        {
            var founder = i % 2 == 0 ? problem.Space.Sample(random) : _moves.Draw(random, founders);
            if (founder is not null && founders.Add(founder)) yield return founder;
        }
    }

    private IEnumerable<Genotype> Children(RandomStream random)
    {
        var children = new HashSet<Genotype>();
        for (int tries = settings.Population * TriesPerChild; children.Count < settings.Population && tries > 0; tries--)
        {
            Individual one = Parent(random), other = Parent(random);
            var child = random.Chance(settings.CrossoverProbability) ? _moves.Crossed(one.Genotype, other.Genotype, random) : one.Genotype;
            int active = Enumerable.Range(0, child.Choices.Length).Count(d => problem.Space.IsActive(d, child.Choices.AsSpan()));
            child = _moves.Mutated(child, settings.MutationProbability ?? 1.0 / active, random);
            if (_known.Contains(child)) child = _moves.AnyChange(child, random) ?? child;
            if (!_known.Contains(child) && children.Add(child)) yield return child;
        }
    }

    // A binary tournament; the population is in order.
    private Individual Parent(RandomStream random) => _population[Math.Min(random.Below(_population.Length), random.Below(_population.Length))];

    private void Survive(IEnumerable<Individual> evaluated)
    {
        Individual[] all = [.. _population, .. evaluated, .. _infeasibleChildren];
        _infeasibleChildren = [];
        Individual[] feasible = [.. all.Where(individual => individual.Violation <= 0)];
        int[] order = ParetoOrder.Of([.. feasible.Select(individual => ImmutableArray.Create(individual.Cost, 1 - individual.Quality))]);
        _population =
        [
            .. order.Select(i => feasible[i])
                .Concat(all.Where(individual => individual.Violation > 0).OrderBy(individual => individual.Violation))
                .Take(settings.Population),
        ];
    }

    private sealed record Individual(Genotype Genotype, double Cost, double Quality, double Violation);
}
