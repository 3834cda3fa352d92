using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class TwoStageSearchTests
{
    private static readonly SearchSpace Space = TestSpaces.Tiny;
    private static readonly CostTable Costs = new(Space, NetworkVariant.Causal, 10, Space.Definition.Input);
    private static readonly double Median = CostSurvey.Draw(Space, Costs, CostObjective.Macs, new RandomStream(1), 2000).Median;

    private static readonly SearchSettings Quick = new(
        SearchAlgorithm.Spos, Steps: 12, Tolerance: 0.1, BaselineArchitectures: 6, CheckpointEvery: 5,
        Evolution: new EvolutionSettings(Population: 12, Generations: 3, Parents: 4, Mutants: 6, Crossovers: 4));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SearchAlgorithm.Spos, 4)]
    [InlineData(SearchAlgorithm.FairNas, 3)]
    [InlineData(SearchAlgorithm.Sandwich, 4)]
    public void It_trains_by_its_rule_and_chooses_better_than_chance_with_frozen_weights(SearchAlgorithm algorithm, int paths)
    {
        var evaluator = new Counting();
        var listener = new Recorder();
        var search = Search(Quick with { Algorithm = algorithm, Evolution = null }, 1, evaluator);
        var result = search.Run(listener, null, Token);
        Assert.Equal(paths, search.PathsPerStep);
        Assert.Equal(Enumerable.Range(0, 12), listener.Trained.Select(step => step.Step));
        Assert.Equal(Enumerable.Repeat((algorithm == SearchAlgorithm.Sandwich, paths), 12), evaluator.Trained);
        var target = Assert.Single(result.Targets);
        Assert.Equal((1000, 6), (target.Evolved.Length, target.Baseline.Length));
        Assert.Equal(1006, evaluator.HeldOutScores);
        Assert.All(target.Evolved.Concat(target.Baseline), trial => Assert.True(search.Window.Contains(trial.Cost)));
        double best = TestSpaces.All(Space).Where(genotype => search.Window.Contains(Costs.Of(genotype))).Max(genotype => ToyEvaluator.Quality(Space.Resolve(genotype)));
        Assert.Equal(best, result.Best!.Quality, 12); // a smooth toy, a thousand of some thousand looked at by an evolution
        Assert.Equal(target.Best, result.Best);
        Assert.Equal(target.Evolved, listener.Evolved);
        Assert.Null(result.MostProbable);
    }

    [Property(MaxTest = 8)]
    public void Stopped_anywhere_and_resumed_it_is_the_search_that_was_not_and_scores_nothing_twice(ulong seed)
    {
        var random = new RandomStream(seed);
        var settings = Quick with { Algorithm = random.Chance(0.5) ? SearchAlgorithm.FairNas : SearchAlgorithm.Sandwich, Targets = [Median, 1.3 * Median] };
        var evaluator = new Counting();
        var expected = Search(settings, seed, evaluator).Run(new Recorder(), null, Token);
        int events = 12 + evaluator.HeldOutScores;

        var counted = new Counting();
        SearchResult? resumed = null;
        string? saved = null;
        while (resumed is null)
        {
            using var stop = new CancellationTokenSource();
            var part = new Recorder { Stop = stop, EventsLeft = 1 + random.Below(events) };
            counted.Happened = part.Count;
            try
            {
                resumed = Search(settings, seed, counted).Run(part, saved is null ? null : SearchState.FromJson(saved), stop.Token);
            }
            catch (OperationCanceledException)
            {
                saved = part.LastCheckpoint!.ToJson();
            }
        }

        Assert.Equal(12, counted.Trained.Count);
        Assert.Equal(evaluator.HeldOutScores, counted.HeldOutScores);
        Assert.Equal(expected.Trials, resumed.Trials);
        Assert.Equal(expected.Best, resumed.Best);
        Assert.Equal(expected.Targets.SelectMany(target => target.Evolved), resumed.Targets.SelectMany(target => target.Evolved));
        Assert.Equal(expected.Targets.SelectMany(target => target.Baseline), resumed.Targets.SelectMany(target => target.Baseline));
    }

    [Fact]
    public void Several_targets_share_one_training_and_each_gets_its_own_best()
    {
        var evaluator = new Counting();
        var search = Search(Quick with { Targets = [Median, 0.7 * Median, 1.4 * Median], Evolution = null }, 2, evaluator);
        var result = search.Run(new Recorder(), null, Token);
        Assert.Equal(12, evaluator.Trained.Count);
        Assert.Equal([Median, 0.7 * Median, 1.4 * Median], result.Targets.Select(target => target.Window.Target));
        foreach (var (target, number) in result.Targets.Select((target, number) => (target, number)))
        {
            Assert.True(target.Window.Contains(target.Best!.Cost));
            Assert.All(target.Evolved, trial => Assert.Equal((TrialPhase.Evolved, number), (trial.Phase, trial.Candidate)));
            Assert.All(target.Baseline, trial => Assert.Equal((TrialPhase.Baseline, number), (trial.Phase, trial.Candidate)));
        }

        var order = result.Targets.OrderBy(target => target.Window.Target).Select(target => target.Best!.Quality).ToArray();
        Assert.Equal(order.Order(), order); // dearer is better in this toy
    }

    [Fact]
    public void A_target_whose_evolution_gets_no_better_is_left_early()
    {
        var patient = Quick with { Evolution = Quick.Evolution! with { Generations = 200, Patience = 2 } };
        var result = Search(patient, 3, new Counting()).Run(new Recorder(), null, Token);
        Assert.InRange(result.Targets[0].Evolved.Length, 3 * 12, 199 * 12);
    }

    [Fact]
    public void The_random_baseline_is_that_of_a_search_with_a_policy()
    {
        var settings = Quick with { Target = Median };
        var twoStage = Search(settings, 4, new Counting()).Run(new Recorder(), null, Token);
        var tunas = new ArchitectureSearch(
            "test", Space, settings with { Algorithm = SearchAlgorithm.Tunas }, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(4), new Counting())
            .Run(new Recorder(), null, Token);
        Assert.Equal(tunas.Baseline, twoStage.Baseline);
    }

    [Fact]
    public void A_state_of_another_search_is_refused()
    {
        var state = Search(Quick, 1, new Counting()).Start();
        Assert.Contains("another search", Assert.Throws<InputException>(() => Search(Quick with { Algorithm = SearchAlgorithm.FairNas }, 1, new Counting()).Run(new Recorder(), state, Token)).Message);
        Assert.Contains("another search", Assert.Throws<InputException>(() => Search(Quick with { Evolution = new EvolutionSettings() }, 1, new Counting()).Run(new Recorder(), state, Token)).Message);
        Assert.Contains("within 10% of the target 1", Assert.Throws<InputException>(() => Search(Quick with { Targets = [Median, 1] }, 1, new Counting()).Run(new Recorder(), null, Token)).Message);
    }

    private static TwoStageSearch Search(SearchSettings settings, ulong seed, IArchitectureEvaluator evaluator) =>
        new("test", Space, settings, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(seed), evaluator);

    private sealed class Counting : IArchitectureEvaluator
    {
        public List<(bool IsDistilled, int Paths)> Trained { get; } = [];

        public int HeldOutScores { get; private set; }

        public Action? Happened { get; set; }

        public int ScoreClips => 64;

        public int HeldOutClips => 512;

        public double Train(int step, IReadOnlyList<SubnetPath> paths) => Add(step, paths, isDistilled: false);

        public double TrainDistilled(int step, IReadOnlyList<SubnetPath> paths) => Add(step, paths, isDistilled: true);

        public IReadOnlyList<double> Score(int step, IReadOnlyList<SubnetPath> paths) => [.. paths.Select(path => ToyEvaluator.Quality(path.Architecture))];

        public double ScoreHeldOut(Architecture architecture)
        {
            HeldOutScores++;
            Happened?.Invoke();
            return ToyEvaluator.Quality(architecture);
        }

        private double Add(int step, IReadOnlyList<SubnetPath> paths, bool isDistilled)
        {
            Assert.Equal(Trained.Count, step);
            Trained.Add((isDistilled, paths.Count));
            Happened?.Invoke();
            return 1.0 / (step + 1);
        }
    }

    private sealed class Recorder : ISearchListener
    {
        public List<TrainingStep> Trained { get; } = [];

        public List<Trial> Evolved { get; } = [];

        public SearchState? LastCheckpoint { get; private set; }

        public CancellationTokenSource? Stop { get; init; }

        public int EventsLeft { get; set; } = int.MaxValue;

        public void Count()
        {
            if (--EventsLeft == 0) Stop!.Cancel();
        }

        public void OnStep(StepReport report)
        {
        }

        public void OnCheckpoint(SearchState state) => LastCheckpoint = state;

        public void OnScored(int done, int total) => Assert.InRange(done, 1, total);

        public void OnTrained(TrainingStep step) => Trained.Add(step);

        public void OnEvolved(Trial trial, long done, long most)
        {
            Assert.InRange(done, 1, most);
            Evolved.Add(trial);
        }
    }
}
