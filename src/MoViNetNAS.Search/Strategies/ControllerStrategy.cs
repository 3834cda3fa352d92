using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>TuNAS's policy over trained networks instead of shared weights: each round draws candidates, and REINFORCE moves the policy to the better ones.</summary>
/// <remarks>Infeasible draws are rejected, and the policy learns the distribution of what is left: the gradient of candidate a is
/// A (d ln pi(a) - d ln P(V)), P(V) the probability of being feasible, whose gradient is the mean of d ln pi over feasible draws. Without
/// that correction a policy also moves to where little is rejected. Source: TuNAS (arXiv 2008.06120); TabNAS (arXiv 2204.07615), rejection.
/// A genotype drawn again is asked again, and its answer costs nothing.</remarks>
public sealed class ControllerStrategy : ISearchStrategy
{
    private const int MostDraws = 2000, CorrectionDraws = 200, EnumeratedAtMost = 5000, RecommendationDraws = 5000;
    private readonly StrategyProblem _problem;
    private readonly ControllerStrategySettings _settings;
    private readonly ControllerLearningRate _learningRate;
    private readonly IReward? _reward;
    private readonly ObservationArchive _archive;
    private readonly GenotypeMoves _moves;
    private readonly bool _isConstrained;
    private Controller _controller;
    private RewardBaseline _baseline;
    private ImmutableArray<Proposal>? _asked;
    private (int Round, Genotype? Genotype) _recommended = (-1, null);
    private int _round;

    /// <summary>An undecided policy.</summary>
    /// <param name="problem">What is to be solved.</param>
    /// <param name="settings">How it learns.</param>
    /// <exception cref="InputException">The reward is to be shaped by a target that there is not.</exception>
    public ControllerStrategy(StrategyProblem problem, ControllerStrategySettings settings)
    {
        (_problem, _settings, _archive, _moves) = (problem, settings, new ObservationArchive(problem), new GenotypeMoves(problem));
        if (settings.IsRewardShaped)
        {
            double target = problem.Feasible.Window?.Target ?? throw new InputException("a controller with constraint 'absolute' needs a target cost; without one its constraint must be 'reject'.");
            _reward = new AbsoluteReward(target, settings.Beta);
        }

        _isConstrained = !settings.IsRewardShaped && problem.Feasible is not { Window: null, Limits.IsEmpty: true };
        int delay = (int)(settings.DelayFraction * settings.Rounds);
        _learningRate = new ControllerLearningRate(
            settings.LearningRate ?? ControllerStrategySettings.LearningBudget / (settings.Rounds - delay), settings.Growth, delay, settings.Rounds);
        _controller = new Controller(problem.Space, ControllerState.Start(problem.Space.Decisions.Select(decision => decision.OptionCount)));
        _baseline = new RewardBaseline(settings.BaselineMomentum);
    }

    /// <inheritdoc/>
    public Genotype? Recommended
    {
        get
        {
            if (_settings.RecommendsBest || _archive.All.Count == 0) return _archive.Best?.Genotype;
            if (_recommended.Round != _round) _recommended = (_round, MostProbable() ?? _archive.Best?.Genotype);
            return _recommended.Genotype;
        }
    }

    /// <summary>The policy as it is now.</summary>
    internal Controller Policy => _controller;

    /// <inheritdoc/>
    public ImmutableArray<Proposal> Ask() => _asked ??= _round >= _settings.Rounds
        ? []
        : [.. Enumerable.Range(0, _settings.Candidates).Select(Draw).OfType<Genotype>().Select(genotype => new Proposal(genotype, _problem.MostEpochs))];

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<Observation> observations)
    {
        _archive.Add(observations);
        if (observations.Count > 0) Learn(observations);
        _round++;
        _asked = null;
    }

    private void Learn(IReadOnlyList<Observation> observations)
    {
        double[] rewards = [.. observations.Select(observation => _reward?.Score(observation.Quality, observation.Cost.Of(_problem.Feasible.Window!.Objective)) ?? observation.Quality)];
        _baseline = _baseline.Include(rewards.Average());
        double[][] expected = _isConstrained ? FeasibleGradient() : [.. _controller.State.Logits.Select(row => new double[row.Length])];
        double[][][] gradients =
        [
            .. observations.Zip(rewards, (observation, reward) => _controller.LogProbabilityGradient(observation.Genotype.Choices.AsSpan())
                .Zip(expected, (row, mean) => row.Zip(mean, (value, subtracted) => -(reward - _baseline.Value) * (value - subtracted)).ToArray())
                .ToArray()),
        ];
        _controller = new Controller(_problem.Space, ControllerAdam.Step(_controller.State, gradients, _learningRate.At(_round)));
    }

    // d ln P(V) = the mean of d ln pi(z) over z drawn from the policy and kept when feasible.
    private double[][] FeasibleGradient()
    {
        var random = _problem.Seed.Derive("correction", _round);
        double[][] sum = [.. _controller.State.Logits.Select(row => new double[row.Length])];
        int kept = 0;
        for (int i = 0; i < CorrectionDraws; i++)
        {
            int[] choices = _controller.Sample(random);
            if (!_problem.Feasible.Contains(_problem.Costs.Of(choices))) continue;
            kept++;
            double[][] gradient = _controller.LogProbabilityGradient(choices);
            for (int d = 0; d < sum.Length; d++)
            {
                for (int j = 0; j < sum[d].Length; j++) sum[d][j] += gradient[d][j];
            }
        }

        foreach (double[] row in sum)
        {
            for (int j = 0; j < row.Length; j++) row[j] /= Math.Max(1, kept);
        }

        return sum;
    }

    private Genotype? Draw(int candidate)
    {
        var random = _problem.Seed.Derive("candidate", _round, candidate);
        for (int i = 0; i < MostDraws; i++)
        {
            int[] choices = _controller.Sample(random);
            if (!_isConstrained || _problem.Feasible.Contains(_problem.Costs.Of(choices))) return _problem.Space.Genotype(choices);
        }

        return _moves.Draw(random, new HashSet<Genotype>()); // a policy that has left the feasible set is shown the way back
    }

    private Genotype? MostProbable()
    {
        var random = _problem.Seed.Derive("recommended", _round);
        if (_problem.Space.ArchitectureCount <= EnumeratedAtMost)
            return Likeliest(Enumerate());
        if (_problem.Feasible is { Window: { } window, Limits.IsEmpty: true })
            return FeasibleSearch.Likeliest(_controller, _problem.Costs, window, random, count: 1, RecommendationDraws).FirstOrDefault()?.Genotype;
        return Likeliest(Enumerable.Range(0, RecommendationDraws).Select(_ => _problem.Space.Genotype(_controller.Sample(random))).Prepend(_controller.ArgMax()));
    }

    private Genotype? Likeliest(IEnumerable<Genotype> genotypes) => genotypes
        .Where(genotype => _problem.Feasible.Contains(_problem.Costs.Of(genotype)))
        .MaxBy(genotype => _controller.LogProbability(genotype.Choices.AsSpan()));

    // Counts through the active decisions, so that layers that are switched off are not counted through; the first choices switch most off.
    private IEnumerable<Genotype> Enumerate()
    {
        var space = _problem.Space;
        int[] order = [.. Enumerable.Range(0, space.Decisions.Length).OrderBy(d => space.Decisions[d].DepthDecision >= 0)];
        return From(0, new int[order.Length]);

        IEnumerable<Genotype> From(int position, int[] choices)
        {
            if (position == order.Length)
            {
                yield return space.Genotype(choices);
                yield break;
            }

            int d = order[position], options = space.IsActive(d, choices) ? space.Decisions[d].OptionCount : 1;
            for (int option = 0; option < options; option++)
            {
                choices[d] = option;
                foreach (var genotype in From(position + 1, choices)) yield return genotype;
            }

            choices[d] = 0;
        }
    }
}
