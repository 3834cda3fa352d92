using System.Collections.Immutable;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Examples;

/// <summary>The smallest strategy that learns: it changes one decision or a few of the best architecture so far, and keeps what is better.</summary>
/// <remarks>Draws are named by the number of what was told, so a new one that is told the same asks the same.</remarks>
/// <param name="problem">What is to be solved.</param>
public sealed class OnePlusOneStrategy(StrategyProblem problem) : ISearchStrategy
{
    private const int MostDraws = 10_000;
    private readonly HashSet<Genotype> _seen = [];
    private ImmutableArray<Proposal>? _asked;
    private Observation? _best;

    /// <inheritdoc/>
    public Genotype? Recommended => _best?.Genotype;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= Next() is { } genotype ? [new Proposal(genotype, problem.MostEpochs)] : [];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        foreach (var observation in observations)
        {
            _seen.Add(observation.Genotype);
            if (_best is null || observation.Quality > _best.Quality) _best = observation;
        }

        _asked = null;
    }

    private Genotype? Next()
    {
        var random = problem.Seed.Derive("one plus one", _seen.Count);
        for (int i = 0; i < MostDraws; i++)
        {
            var genotype = _best is null ? problem.Space.Sample(random) : Changed(_best.Genotype, random);
            if (!_seen.Contains(genotype) && problem.Feasible.Contains(problem.Costs.Of(genotype))) return genotype;
        }

        return null; // all that it can reach is known
    }

    // Each decision is drawn anew with the chance 1/n: one on average, and now and then enough to leave a hill.
    private Genotype Changed(Genotype genotype, RandomStream random)
    {
        int[] choices = [.. genotype.Choices];
        for (int d = 0; d < choices.Length; d++)
            if (random.Chance(1.0 / choices.Length)) choices[d] = random.Below(problem.Space.Decisions[d].OptionCount);
        return problem.Space.Genotype(choices);
    }
}
