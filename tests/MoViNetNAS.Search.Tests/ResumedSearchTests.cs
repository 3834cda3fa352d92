using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Saved after any step and read back from text, a search goes on as if it had never stopped.</summary>
public sealed class ResumedSearchTests
{
    internal static readonly SearchSettings Auto = new(
        Steps: 48, Tolerance: 0.1, Beta: null, TopCandidates: 4, BaselineArchitectures: 4, CheckpointEvery: 1);

    private static readonly SearchSpace Space = TestSpaces.Tiny;

    internal static ArchitectureSearch Search(SearchSettings settings, ulong seed) => new(
        "test", Space, settings, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(seed),
        new ToyEvaluator(new RandomStream(seed).Derive("noise"), 0.01));

    [Theory]
    [InlineData("auto")]
    [InlineData("auto, one candidate")]
    [InlineData("auto, two costs")]
    [InlineData("rejection")]
    public void Resumed_from_every_step_it_ends_the_same(string what)
    {
        var parameters = new CostTerm(CostObjective.Parameters, null, null, RewardType.Soft);
        var settings = what switch
        {
            "auto" => Auto,
            "auto, one candidate" => Auto with { Candidates = 1, Steps = 88 },
            "auto, two costs" => Auto with { Demands = new CostDemands([parameters], []), Tolerance = 0.3 },
            _ => Auto with { Rejection = true, RejectionSamples = 50, Demands = new CostDemands([], [new CostLimit(CostObjective.Parameters, 1e6)]) },
        };
        var states = new StateKeeper();
        var whole = Search(settings, 3).Run(states, null, TestContext.Current.CancellationToken);
        Assert.Equal(settings.Steps, states.Saved.Count);
        if (settings.Rejection) Assert.Empty(whole.Advice);
        else Assert.Equal(settings.Terms.Length, whole.Advice.Length);
        foreach (string saved in states.Saved)
        {
            var state = SearchState.FromJson(saved);
            Assert.Equal(saved, state.ToJson());
            var resumed = Search(settings, 3).Run(new Recorder(), state, TestContext.Current.CancellationToken);
            Assert.Equal((whole.LogitsFingerprint, whole.Trials), (resumed.LogitsFingerprint, resumed.Trials));
            Assert.Equal(whole.Rescored, resumed.Rescored);
            Assert.Equal(whole.Advice, resumed.Advice);
        }
    }

    private sealed class StateKeeper : ISearchListener
    {
        public List<string> Saved { get; } = [];

        public void OnStep(StepReport report)
        {
            // Only states are kept.
        }

        public void OnCheckpoint(SearchState state) => Saved.Add(state.ToJson());

        public void OnScored(int done, int total)
        {
            // Only states are kept.
        }
    }
}
