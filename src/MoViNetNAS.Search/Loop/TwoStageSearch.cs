using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Trains shared weights by a rule that favours no architecture, then looks with frozen weights for the best on each target by evolution.</summary>
/// <remarks>Stage one costs a training, stage two only scoring on the whole held-out split, so several targets share one training. In stage
/// two the state is the list of qualities measured: the evolution is asked again from its start and answered from the list. Source:
/// Guo et al. 2020, Single path one-shot (arXiv 1904.00420); FairNAS (arXiv 1907.01845); BigNAS (arXiv 2003.11142).</remarks>
public sealed class TwoStageSearch : IOneShotSearch
{
    private readonly string _run;
    private readonly SearchSpace _space;
    private readonly RandomStream _seed;
    private readonly IArchitectureEvaluator _evaluator;
    private readonly CostTable _costs;
    private readonly IPathRule _rule;
    private readonly EvolutionSettings _evolution;
    private readonly ImmutableArray<FeasibleSet> _sets; // one for each target
    private readonly string _identity;

    /// <summary>Prepares a search; nothing is drawn or trained yet.</summary>
    /// <param name="run">Name of the run, written into its trials.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="settings">How; targets are resolved here when they are not yet.</param>
    /// <param name="variant">How networks are built.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <param name="input">The clips, for costs.</param>
    /// <param name="seed">The run's root stream.</param>
    /// <param name="evaluator">Trains and scores.</param>
    /// <param name="latency">Measured milliseconds; null for costs without. Needed for <see cref="CostObjective.LatencyMs"/>.</param>
    /// <exception cref="InputException">The settings contradict each other; or there are no milliseconds, or those of other networks.</exception>
    public TwoStageSearch(
        string run, SearchSpace space, SearchSettings settings, NetworkVariant variant, int classes, InputShape input, RandomStream seed,
        IArchitectureEvaluator evaluator, LatencyTable? latency = null)
    {
        if (settings.TwoStageMistake is { } mistake) throw new InputException($"the search {mistake}.");
        if (latency?.Mismatch(space, variant, input.Resolution, classes) is { } other) throw new InputException($"the latency table {other}.");
        (_run, _space, _seed, _evaluator) = (run, space, seed, evaluator);
        _costs = new CostTable(space, variant, classes, input, latency);
        Settings = settings.Resolve(space, _costs, seed);
        _sets = [.. Settings.ResolvedTargets.Select(target => Settings.Feasible with { Window = new CostWindow(Settings.Objective, target, Settings.Tolerance) })];
        _rule = PathRules.Of(Settings, space, seed);
        _evolution = Settings.Evolution ?? new EvolutionSettings();
        _identity = SearchState.IdentityOf(space, Settings, variant, classes, input, seed, latency);
    }

    /// <inheritdoc/>
    public SearchSettings Settings { get; }

    /// <inheritdoc/>
    public CostWindow Window => _sets[0].Window!;

    /// <inheritdoc/>
    public int PathsPerStep => _rule.Paths;

    /// <summary>The state before the first step: an undecided policy, which stays so.</summary>
    public SearchState Start() => new(
        SearchState.CurrentFormat, _identity, 0, ControllerState.Start(_space.Decisions.Select(decision => decision.OptionCount)),
        new RewardBaseline(Settings.BaselineMomentum), TrialChain.Empty, []);

    /// <inheritdoc/>
    public SearchResult Run(ISearchListener listener, SearchState? from = null, CancellationToken cancellation = default)
    {
        for (int t = 0; t < _sets.Length; t++) FeasibleDraws.RequireAny(_space, _costs, _sets[t], _seed.Derive("window", t));
        var state = from is null ? Start() : from.RequireOf(_identity);
        cancellation.ThrowIfCancellationRequested();
        while (state.NextStep < Settings.Steps)
        {
            Train(state.NextStep, listener);
            state = state with { NextStep = state.NextStep + 1 };
            bool isCancelled = cancellation.IsCancellationRequested;
            if (isCancelled || state.NextStep == Settings.Steps || state.NextStep % Settings.CheckpointEvery == 0) listener.OnCheckpoint(state);
            if (isCancelled) cancellation.ThrowIfCancellationRequested();
        }

        return Choose(state, listener, cancellation);
    }

    private void Train(int step, ISearchListener listener)
    {
        Genotype[] genotypes = [.. _rule.Choices(step).Select(choices => _space.Genotype(choices))];
        SubnetPath[] paths = [.. genotypes.Select(genotype => SubnetPath.Of(_space.Resolve(genotype)))];
        double loss = _rule.IsDistilled ? _evaluator.TrainDistilled(step, paths) : _evaluator.Train(step, paths);
        listener.OnTrained(new TrainingStep(step, Settings.Steps, loss, genotypes.Average(genotype => Window.Ratio(_costs.Of(genotype)))));
    }

    private SearchResult Choose(SearchState state, ISearchListener listener, CancellationToken cancellation)
    {
        var scorer = new Scorer(this, state, listener, cancellation);
        var targets = ImmutableArray.CreateBuilder<TargetResult>();
        for (int t = 0; t < _sets.Length; t++) targets.Add(Choose(t, scorer, listener));
        var first = targets[0];
        var controller = new Controller(_space, state.Controller);
        return new SearchResult(
            first.Window, null, null, null, first.Best, [], first.Baseline, controller.MeanEntropy, controller.MeanEntropy,
            controller.MeanNormalizedEntropy, state.Controller.LogitsFingerprint(),
            targets.SelectMany(target => target.Evolved.Concat(target.Baseline)).Aggregate(state.Trials, (chain, trial) => chain.Include(trial)),
            state.Controller)
        {
            Feasible = _sets[0],
            Targets = targets.ToImmutable(),
        };
    }

    private TargetResult Choose(int target, Scorer scorer, ISearchListener listener)
    {
        var feasible = _sets[target];
        var problem = new StrategyProblem(_space, _costs, Settings.Objective, feasible, MostEpochs: 1, _seed.Derive("evolution", target));
        var evolved = ImmutableArray.CreateBuilder<Trial>();
        long most = _evolution.MostEvaluations;
        var evaluations = StrategySearch.Run(_evolution.Make(problem), problem, scorer, most, recorded: null, add: evaluation =>
        {
            evolved.Add(TrialOf(TrialPhase.Evolved, evaluation.Number, target, evaluation.Genotype, evaluation.Quality));
            listener.OnEvolved(evolved[^1], target * most + evaluation.Number + 1, _sets.Length * most);
        });

        // The first target's draws are those of a search with a policy, so runs of all algorithms are compared with the same architectures.
        var baseline = _seed.Derive("baseline");
        var drawn = FeasibleDraws.Draw(_space, _costs, feasible, target == 0 ? baseline : baseline.Derive("target", target), Settings.BaselineArchitectures);
        var random = ImmutableArray.CreateBuilder<Trial>();
        foreach (var genotype in drawn)
        {
            random.Add(TrialOf(TrialPhase.Baseline, random.Count, target, genotype, scorer.Score(genotype, epochs: 1)));
            listener.OnScored(random.Count, drawn.Length);
        }

        return new TargetResult(feasible.Window!, evolved.MaxBy(trial => trial.Quality), evolved.ToImmutable(), random.ToImmutable());
    }

    private Trial TrialOf(TrialPhase phase, int number, int target, Genotype genotype, double quality) =>
        new(_run, phase, number, target, genotype.ToString(), quality, _evaluator.HeldOutClips, quality, _costs.Of(genotype));

    /// <summary>Scores with frozen weights, what was scored before an interruption from the list; saves when interrupted and now and then.</summary>
    private sealed class Scorer(TwoStageSearch search, SearchState state, ISearchListener listener, CancellationToken cancellation) : IGenotypeEvaluator
    {
        private readonly List<double> _scored = [.. state.Scored];
        private int _next, _fresh;

        public double Score(Genotype genotype, int epochs)
        {
            if (_next < _scored.Count) return _scored[_next++];
            bool isCancelled = cancellation.IsCancellationRequested;
            if (isCancelled || (_fresh > 0 && _fresh % search.Settings.CheckpointEvery == 0)) listener.OnCheckpoint(state with { Scored = [.. _scored] });
            if (isCancelled) cancellation.ThrowIfCancellationRequested();
            double quality = search._evaluator.ScoreHeldOut(search._space.Resolve(genotype));
            if (!double.IsFinite(quality)) throw new InvalidOperationException($"the evaluator gave the quality {quality} for {genotype}.");
            _scored.Add(quality);
            (_next, _fresh) = (_next + 1, _fresh + 1);
            return quality;
        }
    }
}
