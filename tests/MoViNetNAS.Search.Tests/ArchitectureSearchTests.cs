using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class ArchitectureSearchTests
{
    private static readonly SearchSpace Space = TestSpaces.Tiny;
    private static readonly CostTable Costs = new(Space, NetworkVariant.Causal, 10, Space.Definition.Input);

    // 1.5 times the slope of the toy quality over the cost ratio; -0.5 already traps the search at worse genotypes on target, as
    // a penalty steeper than quality does.
    private static readonly SearchSettings Quick = new(Steps: 300, Tolerance: 0.05, Beta: -0.2, BaselineArchitectures: 10, CheckpointEvery: 40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ArchitectureSearch Search(SearchSettings settings, ulong seed, double noise = 0) => new(
        "test", Space, settings, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(seed),
        new ToyEvaluator(new RandomStream(seed).Derive("noise"), noise));

    [Fact]
    public void The_best_genotype_on_target_is_found_for_four_seeds_of_five()
    {
        int found = 0;
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var search = Search(Quick with { Steps = 3000 }, seed, noise: 0.01);
            var listener = new Recorder();
            var result = search.Run(listener, null, Token);
            double best = TestSpaces.All(Space).Where(g => search.Window.Contains(Costs.Of(g))).Max(g => ToyEvaluator.Quality(Space.Resolve(g)));
            if (result.Best!.Quality >= best - 1e-12) found++;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"seed {seed}: best {best:0.0000}, found {result.Best.Quality:0.0000}, most probable {result.MostProbable!.Quality:0.0000} at {search.Window.Ratio(result.MostProbable.Cost):0.000}, feasible {result.MostProbableFeasible!.Quality:0.0000}, random {result.BaselineMean:0.0000}/{result.BaselineBest!.Quality:0.0000}, entropy {result.FinalMeanNormalizedEntropy:0.000}, cost ratio {listener.Reports.TakeLast(20).Average(r => r.MeanCostRatio):0.000}");
            Assert.True(search.Window.Contains(result.MostProbableFeasible!.Cost));
            Assert.InRange(listener.Reports.TakeLast(20).Average(report => report.MeanCostRatio), 0.9, 1.1);
            Assert.True(result.FinalMeanEntropy < result.InitialMeanEntropy);
            Assert.True(result.MostProbableFeasible.Quality > result.BaselineMean);
        }

        Assert.True(found >= 4, $"{found} of 5");
    }

    [Property(MaxTest = 8)]
    public void A_search_stopped_anywhere_and_resumed_is_the_search_that_was_not(ulong seed)
    {
        var settings = Quick with { Steps = 40, TopCandidates = 5, BaselineArchitectures = 5, CheckpointEvery = 7 };
        var whole = new Recorder();
        var expected = Search(settings, seed, 0.01).Run(whole, null, Token);

        var parts = new Recorder();
        var cut = new RandomStream(seed).Derive("cut");
        SearchResult? resumed = null;
        string? saved = null;
        int interruptions = 0;
        while (resumed is null)
        {
            using var stop = new CancellationTokenSource();
            parts.StopAfter(interruptions++ < 4 ? 1 + cut.Below(15) : int.MaxValue, stop);
            try
            {
                resumed = Search(settings, seed, 0.01).Run(parts, saved is null ? null : SearchState.FromJson(saved), stop.Token);
            }
            catch (OperationCanceledException)
            {
                saved = parts.LastCheckpoint!.ToJson();
            }
        }

        Assert.Equal(whole.Reports.SelectMany(r => r.Trials), parts.Reports.SelectMany(r => r.Trials));
        Assert.Equal(expected.LogitsFingerprint, resumed.LogitsFingerprint);
        Assert.Equal(expected.Trials, resumed.Trials);
        Assert.Equal(expected.Rescored, resumed.Rescored);
        Assert.Equal(expected.Baseline, resumed.Baseline);
        Assert.Equal(expected.MostProbable, resumed.MostProbable);
    }

    [Fact]
    public void The_end_can_be_interrupted_and_scores_nothing_twice()
    {
        var settings = Quick with { Steps = 8, TopCandidates = 6, BaselineArchitectures = 6 };
        var expected = Search(settings, 3).Run(new Recorder(), null, Token);
        using var stop = new CancellationTokenSource();
        var first = new Recorder { StopAtScored = 4, Stop = stop };
        Assert.Throws<OperationCanceledException>(() => Search(settings, 3).Run(first, null, stop.Token));
        Assert.Equal(4, first.LastCheckpoint!.Scored.Length);
        var second = new Recorder();
        var result = Search(settings, 3).Run(second, SearchState.FromJson(first.LastCheckpoint.ToJson()), Token);
        Assert.Equal(expected.Trials, result.Trials);
        Assert.Equal(5, second.Scored[0]);
    }

    [Fact]
    public void Logits_are_exactly_zero_until_the_controller_learns()
    {
        var listener = new Recorder();
        Search(Quick with { Steps = 40 }, 1).Run(listener, null, Token);
        var start = ControllerState.Start(Space.Decisions.Select(d => d.OptionCount)).LogitsFingerprint();
        Assert.All(listener.Reports.Take(10), report => Assert.Equal(start, report.Controller.LogitsFingerprint()));
        Assert.All(listener.Reports.Take(10), report => Assert.Equal(0, report.LearningRate));
        Assert.NotEqual(start, listener.Reports[10].Controller.LogitsFingerprint());
        Assert.Equal(1, listener.Reports[0].WarmUpProbability);
        Assert.All(listener.Reports[0].Trials, trial => Assert.Equal(TrialPhase.WarmUp, trial.Phase));
        Assert.All(listener.Reports[10].Trials, trial => Assert.Equal(TrialPhase.Search, trial.Phase));
        Assert.Equal([40], listener.Checkpoints);
    }

    [Fact]
    public void Step_reports_say_what_the_trials_say()
    {
        var listener = new Recorder();
        var search = Search(Quick with { Steps = 20 }, 1);
        search.Run(listener, null, Token);
        var baseline = new RewardBaseline(0.95);
        foreach (var report in listener.Reports)
        {
            baseline = baseline.Include(report.Trials.Average(trial => trial.Reward));
            Assert.Equal(report.Trials.Average(trial => trial.Quality), report.MeanQuality, 12);
            Assert.Equal(report.Trials.Average(trial => trial.Reward), report.MeanReward, 12);
            Assert.Equal(baseline.Value, report.Baseline, 12);
            Assert.Equal(1.0 / (report.Step + 1), report.TrainingLoss);
            foreach (var trial in report.Trials.Where(trial => trial.Phase == TrialPhase.Search))
            {
                Assert.Equal(Costs.Of(Space.Parse(trial.Genotype)), trial.Cost);
                Assert.Equal(new AbsoluteReward(search.Window.Target, -0.2).Score(trial.Quality, trial.Cost.Macs), trial.Reward, 12);
            }
        }
    }

    [Fact]
    public void Random_search_trains_as_much_and_learns_nothing()
    {
        var listener = new Recorder();
        var settings = Quick with { Algorithm = SearchAlgorithm.Random, Steps = 30, TopCandidates = 7 };
        var search = Search(settings, 1);
        var result = search.Run(listener, null, Token);
        Assert.Equal(30, listener.Reports.Count);
        Assert.Equal(ControllerState.Start(Space.Decisions.Select(d => d.OptionCount)).LogitsFingerprint(), result.LogitsFingerprint);
        Assert.Equal((7, 10), (result.Rescored.Length, result.Baseline.Length));
        Assert.All(result.Rescored, trial => Assert.True(search.Window.Contains(trial.Cost)));
        Assert.Null(result.MostProbable);
        Assert.Equal(result.Rescored.Max(trial => trial.Quality), result.Best!.Quality);
    }

    [Fact]
    public void Without_warm_up_a_tunas_search_that_never_learns_draws_as_random_search_does()
    {
        var tunas = new Recorder();
        var random = new Recorder();
        Search(Quick with { Steps = 20, ControllerLearningRate = 0 }, 2).Run(tunas, null, Token);
        Search(Quick with { Steps = 20, Algorithm = SearchAlgorithm.Random }, 2).Run(random, null, Token);
        Assert.Equal(tunas.Reports.SelectMany(r => r.Trials), random.Reports.SelectMany(r => r.Trials));
    }

    [Fact]
    public void Final_trials_are_ranked_and_named()
    {
        var search = Search(Quick with { Steps = 60 }, 1);
        var result = search.Run(new Recorder(), null, Token);
        Assert.Equal(Enumerable.Range(0, result.Rescored.Length), result.Rescored.Select(trial => trial.Step));
        Assert.Equal(result.Rescored.OrderByDescending(trial => trial.Quality), result.Rescored);
        Assert.Equal(result.Rescored.Length, result.Rescored.Select(trial => trial.Genotype).Distinct().Count());
        Assert.Equal(new Controller(Space, result.Controller).ArgMax().ToString(), result.MostProbable!.Genotype);
        Assert.Equal(0, result.MostProbable.Candidate);
        Assert.True(search.Window.Contains(result.Repaired!.Cost));
        if (search.Window.Contains(result.MostProbable.Cost)) Assert.Equal(result.MostProbable, result.Repaired);
        Assert.All(result.Rescored, trial => Assert.Equal((TrialPhase.Rescored, 512), (trial.Phase, trial.QualityClips)));
        Assert.Equal(16, result.Rescored.Length);
        Assert.Equal(result.Baseline.Average(trial => trial.Quality), result.BaselineMean);
    }

    [Fact]
    public void An_unreachable_target_fails_before_anything_is_trained()
    {
        var evaluator = new ToyEvaluator(new RandomStream(1));
        var search = new ArchitectureSearch(
            "test", Space, Quick with { Target = 10 }, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(1), evaluator);
        string message = Assert.Throws<InputException>(() => search.Run(new Recorder(), null, Token)).Message;
        Assert.Contains("no architecture of space 'tiny' is within 5% of the target 10 macs", message);
        Assert.Contains("median", message);
        Assert.Empty(evaluator.TrainedSteps);
    }

    [Fact]
    public void A_warm_up_longer_than_the_delay_is_refused() =>
        Assert.Contains("must not exceed delayFraction", Assert.Throws<InputException>(() => Search(Quick with { WarmUpFraction = 0.5 }, 1)).Message);

    [Fact]
    public void A_state_of_another_search_is_refused()
    {
        var state = Search(Quick, 1).Start();
        Assert.Contains("another search", Assert.Throws<InputException>(() => Search(Quick, 2).Run(new Recorder(), state, Token)).Message);
        Assert.Contains("another search", Assert.Throws<InputException>(() => Search(Quick with { Beta = -0.4 }, 1).Run(new Recorder(), state, Token)).Message);
    }

    [Fact]
    public void An_entropy_bonus_keeps_the_policy_open()
    {
        double without = Search(Quick with { Steps = 100 }, 1).Run(new Recorder(), null, Token).FinalMeanEntropy;
        double with = Search(Quick with { Steps = 100, EntropyBonus = 1 }, 1).Run(new Recorder(), null, Token).FinalMeanEntropy;
        Assert.True(with > without);
    }
}
