using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Hill climbing: moves to better neighbours, which differ in one active decision, and starts anew where there is none.</summary>
/// <remarks>A genotype is evaluated once; a neighbour that is known already counts with what is known of it. Source: White, Nolen and Savani
/// 2020, Exploring the loss landscape in neural architecture search (arXiv 2005.02960).</remarks>
/// <param name="problem">What is to be solved.</param>
/// <param name="settings">Which better neighbour is taken.</param>
public sealed class LocalSearchStrategy(StrategyProblem problem, LocalSearchSettings settings) : ISearchStrategy
{
    private readonly ObservationArchive _archive = new(problem);
    private readonly GenotypeMoves _moves = new(problem);
    private readonly Dictionary<Genotype, double> _qualities = [];
    private ImmutableArray<Proposal>? _asked;
    private ImmutableArray<Genotype> _neighbours = [];
    private Genotype? _current;
    private int _moved;

    /// <inheritdoc/>
    public Genotype? Recommended => _archive.Best?.Genotype;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= [.. Next().Select(genotype => new Proposal(genotype, problem.MostEpochs))];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        _archive.Add(observations);
        foreach (var observation in observations) _qualities[observation.Genotype] = observation.Quality;
        if (_current is null && observations.Count > 0) Move(observations[0].Genotype);
        _asked = null;
    }

    // Each move is to a better genotype and each start is a new one, so this ends.
    private ImmutableArray<Genotype> Next()
    {
        while (_current is not null)
        {
            ImmutableArray<Genotype> unknown = [.. _neighbours.Where(neighbour => !_qualities.ContainsKey(neighbour)).Take(settings.IsSteepest ? int.MaxValue : 1)];
            var better = _neighbours.Where(neighbour => _qualities.GetValueOrDefault(neighbour, double.NegativeInfinity) > _qualities[_current]);
            bool isReady = !settings.IsSteepest || unknown.IsEmpty;
            if (isReady && better.MaxBy(neighbour => _qualities[neighbour]) is { } next) Move(next);
            else if (!unknown.IsEmpty) return unknown;
            else _current = null;
        }

        return _moves.Draw(problem.Seed.Derive("start", _archive.All.Count), _archive.Seen) is { } start ? [start] : [];
    }

    private void Move(Genotype genotype)
    {
        _current = genotype;
        _neighbours = [.. _moves.Neighbours(genotype, problem.Seed.Derive("neighbours", _moved++)).Distinct()];
    }
}
