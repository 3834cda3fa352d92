using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class LatencySearchTests
{
    private static readonly SearchSpace Space = TestSpaces.Tiny;
    private static readonly LatencyTable Table = SyntheticLatency.Table(Space, NetworkVariant.Causal, 10);

    private static readonly SearchSettings Settings = new(
        Steps: 400, Objective: CostObjective.LatencyMs, Tolerance: 0.02, Beta: -0.5, BaselineArchitectures: 10, CheckpointEvery: 40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ArchitectureSearch Search(SearchSettings settings, LatencyTable? latency, ToyEvaluator? evaluator = null) => new(
        "test", Space, settings, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(1),
        evaluator ?? new ToyEvaluator(new RandomStream(1)), latency);

    [Fact]
    public void A_search_for_milliseconds_lands_in_its_window()
    {
        var search = Search(Settings, Table);
        var result = search.Run(new Silent(), null, Token);
        Assert.InRange(search.Window.Target, 0.1, 1);
        foreach (var pick in new[] { result.MostProbableFeasible!, result.Repaired!, result.Best! })
        {
            Assert.InRange(pick.Cost.LatencyMs!.Value / search.Window.Target, 0.98, 1.02);
            Assert.Equal(Table.Of(Space.Resolve(Space.Parse(pick.Genotype))), pick.Cost.LatencyMs.Value, 9);
        }

        Assert.All(result.Baseline, trial => Assert.True(search.Window.Contains(trial.Cost)));
        Assert.True(result.Best!.Quality > result.BaselineMean);
    }

    [Fact]
    public void Targets_below_a_millisecond_are_read_and_impossible_ones_said_in_short_numbers()
    {
        var settings = ConfigDocument.Bind("search.json", """{ "objective": "latencyMs", "target": 0.004, "latencyTable": "t.json" }""", SearchSettings.Read);
        Assert.Equal((CostObjective.LatencyMs, 0.004, "t.json"), (settings.Objective, settings.Target, settings.LatencyTable));
        Assert.Equal(settings, ConfigDocument.Bind("search.json", settings.ToJson(), SearchSettings.Read));
        var evaluator = new ToyEvaluator(new RandomStream(1));
        string message = Assert.Throws<InputException>(() => Search(Settings with { Target = 0.004 }, Table, evaluator).Run(new Silent(), null, Token)).Message;
        Assert.Contains("of the target 0.004 latencyMs: 20000 drawn ones cost from 0.", message);
        Assert.Empty(evaluator.TrainedSteps);
    }

    [Fact]
    public void Without_a_table_or_with_one_of_other_networks_there_is_no_search()
    {
        Assert.Contains("movinet bench latency", Assert.Throws<InputException>(() => Search(Settings, null)).Message);
        var other = SyntheticLatency.Table(Space, NetworkVariant.Causal, 11);
        Assert.Contains("11 classes, not 10", Assert.Throws<InputException>(() => Search(Settings, other)).Message);
    }

    [Fact]
    public void A_search_with_another_table_is_another_search_and_one_whose_table_was_moved_is_not()
    {
        var state = Search(Settings with { LatencyTable = "here.json", Target = 0.2 }, Table).Start();
        var canceled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => Search(Settings with { LatencyTable = "there.json", Target = 0.2 }, Table).Run(new Silent(), state, canceled));
        var other = new LatencyTable(Table.Origin with { Machine = "another" }, Table.Entries, Table.Lines, Table.Calibration, null);
        Assert.Contains("another search", Assert.Throws<InputException>(() => Search(Settings with { Target = 0.2 }, other).Run(new Silent(), state, canceled)).Message);
    }

    [Fact]
    public void Milliseconds_are_in_the_fingerprint_of_trials_where_there_are_any()
    {
        var cost = new Cost(1, 2, 3, 4, 5, 6, 7);
        var trial = new Trial("run", TrialPhase.Search, 0, 0, "0", 0.5, 8, 0.5, cost);
        string[] links =
        [
            TrialChain.Empty.Include(trial).Sha256, TrialChain.Empty.Include(trial with { Cost = cost with { LatencyMs = 0.25 } }).Sha256,
            TrialChain.Empty.Include(trial with { Cost = cost with { LatencyMs = 0.5 } }).Sha256,
        ];
        Assert.Equal(3, links.Distinct().Count());
    }

    private sealed class Silent : ISearchListener
    {
        public void OnStep(StepReport report)
        {
        }

        public void OnCheckpoint(SearchState state)
        {
        }

        public void OnScored(int done, int total)
        {
        }
    }
}
