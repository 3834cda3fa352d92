using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Trains many uniform draws a little and the better ones on: after each rung one in eta, for eta times the epochs.</summary>
/// <remarks>A network goes on from where it stands, so only its further epochs are paid. With <see cref="ParentSelection.Pareto"/> the least
/// dominated in cost and quality go on, then the least crowded: the front is kept, not its best end alone. Source: Jamieson and Talwalkar
/// 2016, Non-stochastic best arm identification and hyperparameter optimization (arXiv 1502.07943); the order of promotion as in NSGA-II.</remarks>
/// <param name="problem">What is to be solved.</param>
/// <param name="settings">Draws, eta and epochs.</param>
public sealed class SuccessiveHalvingStrategy(StrategyProblem problem, SuccessiveHalvingSettings settings) : ISearchStrategy
{
    private readonly ObservationArchive _archive = new(problem);
    private readonly GenotypeMoves _moves = new(problem);
    private ImmutableArray<Proposal>? _asked;
    private ImmutableArray<Genotype> _promoted = [];
    private int _bracket, _epochs;

    /// <inheritdoc/>
    public Genotype? Recommended => _archive.Best?.Genotype;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= [.. Next().Select(genotype => new Proposal(genotype, _epochs))];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        _archive.Add(observations);
        int goOn = Math.Max(1, observations.Count / settings.Eta);
        _promoted = _epochs < problem.MostEpochs
            ? [.. observations.Preferred(settings.Selection, problem.Objective).Take(goOn).Select(observation => observation.Genotype)]
            : [];
        _asked = null;
    }

    private ImmutableArray<Genotype> Next()
    {
        if (!_promoted.IsEmpty)
        {
            _epochs = (int)Math.Min(problem.MostEpochs, (long)_epochs * settings.Eta);
            return _promoted;
        }

        if (settings.Brackets > 0 && _bracket >= settings.Brackets) return [];
        var random = problem.Seed.Derive("bracket", _bracket++);
        var known = new HashSet<Genotype>(_archive.Seen);
        var drawn = ImmutableArray.CreateBuilder<Genotype>();
        while (drawn.Count < settings.Architectures && _moves.Draw(random, known) is { } genotype)
        {
            known.Add(genotype);
            drawn.Add(genotype);
        }

        _epochs = Math.Min(settings.LeastEpochs, problem.MostEpochs);
        return drawn.ToImmutable();
    }
}
