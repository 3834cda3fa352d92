using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Evolution in which the oldest dies, not the worst: the best of a random sample has one child, which differs in one decision.</summary>
/// <remarks>A genotype is evaluated once; a parent all of whose neighbours are known has a child farther away. Source: Real et al. 2019,
/// Regularized evolution for image classifier architecture search (arXiv 1802.01548), algorithm 1.</remarks>
/// <param name="problem">What is to be solved.</param>
/// <param name="settings">Population and sample.</param>
public sealed class RegularizedEvolutionStrategy(StrategyProblem problem, RegularizedEvolutionSettings settings) : ISearchStrategy
{
    private readonly ObservationArchive _archive = new(problem);
    private readonly GenotypeMoves _moves = new(problem);
    private ImmutableArray<Proposal>? _asked;

    /// <inheritdoc/>
    public Genotype? Recommended => _archive.Best?.Genotype;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= Next() is { } genotype ? [new Proposal(genotype, problem.MostEpochs)] : [];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        _archive.Add(observations);
        _asked = null;
    }

    private Genotype? Next()
    {
        int number = _archive.All.Count;
        if (number < settings.Population) return _moves.Draw(problem.Seed.Derive("population", number), _archive.Seen);
        var random = problem.Seed.Derive("child", number);
        Observation[] living = [.. _archive.All.Skip(number - settings.Population)];
        var parent = random.Permutation(living.Length).Take(settings.Sample).Select(i => living[i]).MaxBy(observation => observation.Quality)!;
        return _moves.ChangeOne(parent.Genotype, random, _archive.Seen) ?? _moves.Draw(random, _archive.Seen);
    }
}
