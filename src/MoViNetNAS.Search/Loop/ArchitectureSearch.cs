using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The search: trains shared weights on drawn architectures and teaches the policy which of them to draw.</summary>
/// <remarks>Everything is a function of the settings, the seed and the evaluator: candidate k of step s comes from
/// <c>seed.Derive("candidate", s, k)</c>. Source: TuNAS (arXiv 2008.06120), section on the search algorithm; google-research/tunas
/// 0c1bbe5. Ours: K candidates one after the other instead of K workers, all scored on the same held-out batch.</remarks>
public sealed class ArchitectureSearch : IOneShotSearch
{
    private readonly string _run;
    private readonly SearchSpace _space;
    private readonly NetworkVariant _variant;
    private readonly int _classes;
    private readonly InputShape _input;
    private readonly RandomStream _seed;
    private readonly IArchitectureEvaluator _evaluator;
    private readonly CostTable _costs;
    private readonly CandidateSampler _sampler;
    private readonly WarmUp _warmUp;
    private readonly ControllerLearningRate _learningRate;
    private readonly RejectionSampler _rejection;
    private readonly string _identity;

    /// <summary>Prepares a search; nothing is drawn or trained yet.</summary>
    /// <param name="run">Name of the run, written into its trials.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="settings">How; target and learning rate are resolved here when they are not yet.</param>
    /// <param name="variant">How networks are built.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <param name="input">The clips, for costs; where the space chooses its input, the architecture's own count.</param>
    /// <param name="seed">The run's root stream.</param>
    /// <param name="evaluator">Trains and scores.</param>
    /// <param name="latency">Measured milliseconds; null for costs without. Needed for <see cref="CostObjective.LatencyMs"/>.</param>
    /// <exception cref="InputException">The warm-up is longer than the controller's delay; beta is "auto" and too few architectures are scored before; or there are no milliseconds, or those of other networks.</exception>
    public ArchitectureSearch(
        string run, SearchSpace space, SearchSettings settings, NetworkVariant variant, int classes, InputShape input, RandomStream seed,
        IArchitectureEvaluator evaluator, LatencyTable? latency = null)
    {
        if ((settings.WarmUpMistake ?? settings.AutoBetaMistake) is { } mistake) throw new InputException($"the search {mistake}.");
        if (latency?.Mismatch(space, variant, input.Resolution, classes) is { } other) throw new InputException($"the latency table {other}.");
        (_run, _space, _variant, _classes, _input, _seed, _evaluator) = (run, space, variant, classes, input, seed, evaluator);
        _costs = new CostTable(space, variant, classes, input, latency);
        Settings = settings.Resolve(space, _costs, seed);
        Feasible = Settings.Feasible;
        Window = Feasible.Window!;
        _sampler = new CandidateSampler(space, Settings.WarmUpBranches, Settings.FilterWarmUp);
        _warmUp = new WarmUp(Settings.WarmUpSteps);
        _learningRate = new ControllerLearningRate(Settings.ControllerLearningRate!.Value, Settings.Growth, Settings.DelaySteps, Settings.Steps);
        _rejection = new RejectionSampler(space, _costs, Feasible);
        _identity = SearchState.IdentityOf(space, Settings, variant, classes, input, seed, latency);
    }

    /// <summary>The settings, with targets and learning rate as numbers.</summary>
    public SearchSettings Settings { get; }

    /// <summary>The costs of the main objective that count as on target.</summary>
    public CostWindow Window { get; }

    /// <inheritdoc/>
    public int PathsPerStep => Settings.Candidates;

    /// <summary>All that may be chosen: <see cref="Window"/>, the windows of further targets, and limits.</summary>
    public FeasibleSet Feasible { get; }

    /// <summary>The controller's learning rate at every step.</summary>
    public ControllerLearningRate LearningRate => _learningRate;

    /// <summary>The state before the first step.</summary>
    public SearchState Start() => new(
        SearchState.CurrentFormat, _identity, 0, ControllerState.Start(_space.Decisions.Select(decision => decision.OptionCount)),
        new RewardBaseline(Settings.BaselineMomentum), TrialChain.Empty, []);

    /// <summary>Runs to the end.</summary>
    /// <param name="listener">Hears every step.</param>
    /// <param name="from">Where to go on; null for the start. The evaluator must hold the weights of that moment.</param>
    /// <param name="cancellation">Stops the search after the step, or the scoring, that is under way; a checkpoint comes first.</param>
    /// <exception cref="InputException">No architecture is feasible, or <paramref name="from"/> belongs to another search.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public SearchResult Run(ISearchListener listener, SearchState? from = null, CancellationToken cancellation = default)
    {
        FeasibleDraws.RequireAny(_space, _costs, Feasible, _seed.Derive("window"));
        var state = from is null ? Start() : from.RequireOf(_identity);
        cancellation.ThrowIfCancellationRequested();
        while (state.NextStep < Settings.Steps)
        {
            state = Step(state, listener);
            bool isCancelled = cancellation.IsCancellationRequested;
            if (isCancelled || state.NextStep == Settings.Steps || state.NextStep % Settings.CheckpointEvery == 0) listener.OnCheckpoint(state);
            if (isCancelled) cancellation.ThrowIfCancellationRequested();
        }

        return Finish(state, listener, cancellation);
    }

    private SearchState Step(SearchState state, ISearchListener listener)
    {
        int step = state.NextStep;
        double warmUp = _warmUp.Probability(step);
        double learningRate = Settings.Algorithm == SearchAlgorithm.Random ? 0 : _learningRate.At(step);
        var controller = new Controller(_space, state.Controller);
        if (step <= Settings.DelaySteps) RequireUntouched(state.Controller);

        bool isRejecting = Settings.Rejection && warmUp == 0; // a replaced path is no architecture of the space: what it costs says nothing of what may be chosen
        int draws = 0;
        var candidates = new Candidate[Settings.Candidates];
        for (int k = 0; k < candidates.Length; k++)
        {
            var random = _seed.Derive("candidate", step, k);
            int needed = 1;
            candidates[k] = isRejecting ? _rejection.Draw(controller, random, out needed) : _sampler.Draw(controller, random, warmUp);
            draws += needed;
        }

        SubnetPath[] paths = [.. candidates.Select(candidate => _space.Path(candidate.Enabled))];
        double loss = _evaluator.Train(step, paths);
        var qualities = Qualities(step, paths);

        double[][] pathCosts = [.. candidates.Zip(paths, PathCosts)];
        var reward = Settings.MakeReward(Betas(state.Beta));
        double[] rewards = [.. qualities.Zip(pathCosts, (quality, costs) => reward.Score(quality, costs.AsSpan(0, reward.Terms.Length)))]; // none with rejection
        var baseline = state.Baseline.Include(rewards.Average());
        double[] advantages = [.. rewards.Select(value => value - baseline.Value)];
        bool isLearning = Settings.Algorithm != SearchAlgorithm.Random;
        var share = isRejecting && isLearning
            ? FeasibleShare.Estimate(controller, _rejection.IsFeasible, _seed.Derive("feasible-share", step), Settings.RejectionSamples)
            : null;
        var learned = isLearning ? Learn(controller, candidates, advantages, learningRate, share) : state.Controller;

        ImmutableArray<Trial> trials = [.. candidates.Select((candidate, k) => new Trial(
            _run, candidate.IsWarmUp ? TrialPhase.WarmUp : TrialPhase.Search, step, k, candidate.Genotype.ToString(), qualities[k],
            _evaluator.ScoreClips, rewards[k], _costs.Of(candidate.Genotype)))];
        var after = new Controller(_space, learned);
        ImmutableArray<double> ratios = [.. Feasible.Windows.Select((window, i) => pathCosts.Average(costs => costs[i]) / window.Target)];
        listener.OnStep(new StepReport(
            step, Settings.Steps, trials, loss, qualities.Average(), rewards.Average(), ratios[0], baseline.Value,
            StandardDeviation(advantages), learningRate, warmUp, after.MeanEntropy, after.MeanNormalizedEntropy, after.EntropyByDecision,
            learned)
        {
            MeanCostRatios = ratios,
            Draws = draws,
            FeasibleShare = share?.Share,
        });
        var beta = Advised(step, qualities, pathCosts, state.Beta, listener);
        return state with
        {
            NextStep = step + 1,
            Controller = learned,
            // Rewards with another beta are no measure of those to come.
            Baseline = IsAutoResolvedBy(step, beta) ? Start().Baseline : baseline,
            Beta = beta,
            Trials = trials.Aggregate(state.Trials, (chain, trial) => chain.Include(trial)),
        };
    }

    // REINFORCE: loss_k = -advantage_k log pi(a_k), with rejection -advantage_k log(pi(a_k) / P(V)). The entropy bonus goes round Adam, as
    // plain gradient ascent (TuNAS).
    private ControllerState Learn(Controller controller, Candidate[] candidates, double[] advantages, double learningRate, FeasibleShare? share)
    {
        double[][]? ofShare = share is null ? null : share.LogGradient ?? FeasibleShare.OfAccepted(controller, candidates.Select(candidate => candidate.Choices.ToArray()));
        double[][][] gradients = [.. candidates.Zip(advantages, (candidate, advantage) => ofShare is null
            ? Scaled(controller.LogProbabilityGradient(candidate.Choices.AsSpan(), candidate.Replaced.AsSpan()), -advantage)
            : FeasibleShare.LossGradient(controller, candidate.Choices.AsSpan(), advantage, ofShare))];
        var learned = ControllerAdam.Step(controller.State, gradients, learningRate);
        if (Settings.EntropyBonus == 0 || learningRate == 0) return learned;
        double rate = learningRate * Settings.EntropyBonus / candidates.Length;
        double[][][] bonuses = [.. candidates.Select(candidate => controller.EntropyGradient(candidate.Choices.AsSpan(), candidate.Replaced.AsSpan()))];
        return learned with
        {
            Logits = [.. learned.Logits.Select((logits, d) => logits.Select((logit, j) => logit + rate * bonuses.Sum(bonus => bonus[d][j])).ToImmutableArray())],
        };
    }

    // In warm-up the multiply-adds are those of the path, branches averaged (as in google-research/tunas 0c1bbe5); other costs are the
    // genotype's. The controller is frozen then, so this moves the baseline and the report only.
    private double[] PathCosts(Candidate candidate, SubnetPath path)
    {
        var cost = _costs.Of(candidate.Genotype);
        return [.. Feasible.Windows.Select(window => candidate.IsWarmUp && window.Objective == CostObjective.Macs
            ? CostModel.PathMacs(path, _variant, _classes, _space.Definition.InputChoices is null ? _input : null)
            : cost.Of(window.Objective))];
    }

    // Asked for, advised, or, where "auto" waits for advice or got none, the published one.
    private double[] Betas(BetaState? beta) =>
        [.. Settings.Terms.Select((term, i) => term.Beta ?? (beta is { Advice.IsEmpty: false } ? beta.Advice[i].Beta : SearchSettings.PublishedBeta))];

    // Architectures scored while the controller waits tell what quality costs; of its second half, as the weights are better then.
    private BetaState? Advised(int step, IReadOnlyList<double> qualities, double[][] pathCosts, BetaState? beta, ISearchListener listener)
    {
        int delay = Settings.DelaySteps;
        if (!Settings.LearnsFromCost || step >= delay) return beta;
        int from = (delay - delay / 2) * Settings.Candidates >= QualitySlope.LeastSamples ? delay / 2 : 0;
        var known = beta ?? BetaState.Empty;
        CostWindow[] windows = [.. Feasible.Windows];
        if (step >= from)
            known = known.Include(qualities.Zip(pathCosts, (quality, costs) => new SlopeSample(step, quality, [.. costs.Zip(windows, (cost, window) => cost / window.Target)])));
        if (step < delay - 1) return known;
        if (BetaAdvice.Of(Settings, known.Samples, CostRatios(windows)) is not { } advice) return BetaState.Empty;
        listener.OnAdvice(advice);
        return new BetaState([], advice);
    }

    private bool IsAutoResolvedBy(int step, BetaState? beta) =>
        step == Settings.DelaySteps - 1 && beta is { Advice.IsEmpty: false } && Settings.Terms.Any(term => term.Beta is null);

    // Cost over target of the architectures with the least and the greatest value of every decision.
    private (double Least, double Most)[] CostRatios(CostWindow[] windows)
    {
        var least = _costs.Of([.. _space.Decisions.Select(decision => decision.Values.IndexOf(decision.Values.Min()))]);
        var most = _costs.Of([.. _space.Decisions.Select(decision => decision.LargestOption)]);
        return [.. windows.Select(window => (Math.Max(1e-6, Math.Min(window.Ratio(least), window.Ratio(most))), Math.Max(window.Ratio(least), window.Ratio(most))))];
    }

    private IReadOnlyList<double> Qualities(int step, SubnetPath[] paths)
    {
        var qualities = _evaluator.Score(step, paths);
        if (qualities.Count != paths.Length || !qualities.All(double.IsFinite))
            throw new InvalidOperationException($"step {step}: the evaluator gave the qualities [{string.Join(", ", qualities)}] for {paths.Length} paths.");
        return qualities;
    }

    private SearchResult Finish(SearchState state, ISearchListener listener, CancellationToken cancellation)
    {
        var controller = new Controller(_space, state.Controller);
        var list = FinalList.Of(controller, _costs, Feasible, Settings, _seed);
        Genotype[] all = [.. list.Top, .. list.Baseline];
        double[] qualities = ScoreHeldOut(all, state, listener, cancellation);

        Trial Scored(int i, TrialPhase phase, int step, int candidate) => new(
            _run, phase, step, candidate, all[i].ToString(), qualities[i], _evaluator.HeldOutClips, qualities[i], _costs.Of(all[i]));
        ImmutableArray<Trial> rescored = [.. Enumerable.Range(0, list.Top.Length)
            .OrderByDescending(i => qualities[i])
            .Select((i, rank) => Scored(i, TrialPhase.Rescored, rank, i))];
        ImmutableArray<Trial> baseline = [.. Enumerable.Range(list.Top.Length, list.Baseline.Length)
            .Select((i, order) => Scored(i, TrialPhase.Baseline, order, 0))];
        Trial? Of(Genotype? genotype) => genotype is null ? null : rescored.First(trial => trial.Genotype == genotype.ToString());
        var result = new SearchResult(
            Window, Of(list.MostProbable), Of(list.MostProbableFeasible), Of(list.Repaired), rescored.FirstOrDefault(trial => Feasible.Contains(trial.Cost)),
            rescored, baseline, new Controller(_space, Start().Controller).MeanEntropy, controller.MeanEntropy,
            controller.MeanNormalizedEntropy, state.Controller.LogitsFingerprint(),
            rescored.Concat(baseline).Aggregate(state.Trials, (chain, trial) => chain.Include(trial)), state.Controller)
        {
            Feasible = Feasible,
            Advice = state.Beta?.Advice ?? [],
            Betas = Settings.Rejection ? [] : [.. Betas(state.Beta)],
        };
        return Settings.Algorithm == SearchAlgorithm.Random ? result : result with
        {
            Undecided = UndecidedDecision.Of(controller),
            Alternatives = result.Found is { } found ? OptionCost.Of(controller, _costs, Feasible, _space.Parse(found.Genotype)) : [],
        };
    }

    private double[] ScoreHeldOut(Genotype[] all, SearchState state, ISearchListener listener, CancellationToken cancellation)
    {
        List<double> qualities = [.. state.Scored];
        while (qualities.Count < all.Length)
        {
            if (cancellation.IsCancellationRequested)
            {
                listener.OnCheckpoint(state with { Scored = [.. qualities] });
                cancellation.ThrowIfCancellationRequested();
            }

            qualities.Add(_evaluator.ScoreHeldOut(_space.Resolve(all[qualities.Count])));
            listener.OnScored(qualities.Count, all.Length);
        }

        return [.. qualities];
    }

    private static void RequireUntouched(ControllerState state)
    {
        if (state.Logits.Any(logits => logits.Any(logit => logit != 0)))
            throw new InvalidOperationException("logits moved before the controller was to learn.");
    }

    private static double[][] Scaled(double[][] gradient, double factor)
    {
        foreach (double[] row in gradient)
            for (int j = 0; j < row.Length; j++) row[j] *= factor;
        return gradient;
    }

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
