using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Evolution in generations: mutants and crossovers of the best of all so far, filled up with uniform draws; nothing infeasible, nothing twice.</summary>
/// <remarks>Source: Guo et al. 2020, Single path one-shot neural architecture search with uniform sampling (arXiv 1904.00420), algorithm 1;
/// megvii-model/SinglePathOneShot.</remarks>
/// <param name="problem">What is to be solved.</param>
/// <param name="settings">Sizes and shares.</param>
public sealed class EvolutionStrategy(StrategyProblem problem, EvolutionSettings settings) : ISearchStrategy
{
    private readonly ObservationArchive _archive = new(problem);
    private readonly GenotypeMoves _moves = new(problem);
    private ImmutableArray<Proposal>? _asked;
    private int _generation, _unimproved;
    private double _best = double.NegativeInfinity;

    /// <inheritdoc/>
    public Genotype? Recommended => _archive.Best?.Genotype;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= HasEnded ? [] : [.. Next().Select(genotype => new Proposal(genotype, problem.MostEpochs))];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        int first = _archive.All.Count;
        _archive.Add(observations);
        _unimproved = HasImproved(first) ? 0 : _unimproved + 1;
        _generation++;
        _asked = null;
    }

    private bool HasEnded => _generation >= settings.Generations || (settings.Patience > 0 && _unimproved >= settings.Patience);

    private List<Genotype> Next()
    {
        var known = new HashSet<Genotype>(_archive.Seen);
        var children = new List<Genotype>();
        Observation[] parents = [.. _archive.All.Preferred(settings.Selection, problem.Objective).Take(settings.Parents)];
        for (int i = 0; parents.Length > 0 && i < settings.Mutants; i++)
        {
            var random = problem.Seed.Derive("mutant", _generation, i);
            Add(_moves.ChangeEach(Any(random), settings.MutationProbability, random, known));
        }

        for (int i = 0; parents.Length > 1 && i < settings.Crossovers; i++)
        {
            var random = problem.Seed.Derive("crossover", _generation, i);
            Add(_moves.Cross(Any(random), Any(random), random, known));
        }

        for (int i = 0; children.Count < settings.Population; i++)
        {
            if (!Add(_moves.Draw(problem.Seed.Derive("fill", _generation, i), known))) break;
        }

        return children;

        Genotype Any(RandomStream random) => parents[random.Below(parents.Length)].Genotype;

        bool Add(Genotype? child)
        {
            if (child is null) return false;
            known.Add(child);
            children.Add(child);
            return true;
        }
    }

    private bool HasImproved(int first)
    {
        if (settings.Selection == ParentSelection.Pareto)
        {
            int[] ranks = NonDominatedSort.Ranks([.. _archive.All.Select(observation => ImmutableArray.Create(observation.Cost.Of(problem.Objective), 1 - observation.Quality))]);
            return ranks.Skip(first).Contains(0);
        }

        double best = _archive.Best?.Quality ?? double.NegativeInfinity;
        bool hasImproved = best > _best;
        _best = best;
        return hasImproved;
    }
}
