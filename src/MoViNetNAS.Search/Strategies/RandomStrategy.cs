using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Uniform draws without repetition, rejected until feasible: what every search has to beat.</summary>
/// <remarks>Source: TuNAS (arXiv 2008.06120), random search baseline.</remarks>
/// <param name="problem">What is to be solved.</param>
public sealed class RandomStrategy(StrategyProblem problem) : ISearchStrategy
{
    private const int MostDraws = 100_000;
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
        var random = problem.Seed.Derive("random", _seen.Count);
        for (int i = 0; i < MostDraws; i++)
        {
            var genotype = problem.Space.Sample(random);
            if (!_seen.Contains(genotype) && problem.Feasible.Contains(problem.Costs.Of(genotype))) return genotype;
        }

        return null;
    }
}
