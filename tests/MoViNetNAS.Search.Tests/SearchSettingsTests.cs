using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class SearchSettingsTests
{
    private static SearchSettings Read(string json) => ConfigDocument.Bind("search.json", json, SearchSettings.Read);

    [Fact]
    public void An_empty_file_gives_the_defaults() => Assert.Equal(new SearchSettings(), Read("{}"));

    [Fact]
    public void Words_stand_for_numbers()
    {
        var settings = Read("""{ "target": "median", "controllerLearningRate": "auto", "objective": "macsPerFrame", "algorithm": "random", "reward": "hard" }""");
        Assert.Null(settings.Target);
        Assert.Null(settings.ControllerLearningRate);
        Assert.Equal((CostObjective.MacsPerFrame, "random", RewardType.Hard), (settings.Objective, settings.AlgorithmName, settings.Reward));
        Assert.Equal(2.5e9, Read("""{ "target": 2.5e9 }""").Target);
    }

    [Property(MaxTest = 50)]
    public void Json_is_read_back_to_the_same_value(ulong seed)
    {
        var random = new RandomStream(seed);
        var settings = new SearchSettings(
            Steps: 1 + random.Below(1000), Target: random.Chance(0.5) ? null : random.Uniform(1, 1e12), Beta: -random.Uniform(1e-3, 3),
            ControllerLearningRate: random.Chance(0.5) ? null : random.Uniform(), DelayFraction: 0.5, WarmUpFraction: random.Uniform(0, 0.5),
            Algorithm: random.Chance(0.5) ? SearchAlgorithm.Tunas : SearchAlgorithm.Random);
        Assert.Equal(settings, Read(settings.ToJson()));
    }

    [Fact]
    public void Costs_and_limits_are_read_and_written()
    {
        var settings = Read("""
            {
              "steps": 400, "target": 1000, "beta": "auto", "reward": "soft",
              "costs": [{ "objective": "parameters", "target": 50000, "beta": -0.1, "reward": "absolute" }, { "objective": "streamStateBytes" }],
              "limits": { "parameters": 60000, "peakActivationBytes": 9e5 }, "rejection": true, "rejectionSamples": 10, "filterWarmUp": false
            }
            """);
        Assert.Equal(
            [
                new CostTerm(CostObjective.Macs, 1000, null, RewardType.Soft), new CostTerm(CostObjective.Parameters, 50_000, -0.1, RewardType.Absolute),
                new CostTerm(CostObjective.StreamStateBytes, null, null, RewardType.Soft), // beta and form are the main term's
            ],
            settings.Terms);
        Assert.Equal([new CostLimit(CostObjective.Parameters, 60_000), new CostLimit(CostObjective.PeakActivationBytes, 9e5)], settings.Limits);
        Assert.Equal((true, 10), (settings.Rejection, settings.RejectionSamples));
        Assert.False(settings.FilterWarmUp);
        Assert.Equal(settings, Read(settings.ToJson()));
        Assert.Equal(settings.GetHashCode(), Read(settings.ToJson()).GetHashCode());
        Assert.DoesNotContain("costs", new SearchSettings().ToJson()); // the identity of searches without them stays
    }

    [Fact]
    public void Further_targets_left_open_are_medians_too()
    {
        var space = TestSpaces.Tiny;
        var costs = new CostTable(space, NetworkVariant.Causal, 10, space.Definition.Input);
        var settings = Read("""{ "costs": [{ "objective": "parameters" }], "limits": { "peakActivationBytes": 20000 } }""").Resolve(space, costs, new RandomStream(1));
        var random = new RandomStream(99);
        double below = Enumerable.Range(0, 2000).Count(_ => costs.Of(space.Sample(random)).TrainableParameters < settings.Terms[1].Target) / 2000.0;
        Assert.InRange(below, 0.45, 0.55);
        Assert.Equal(2, settings.Feasible.Windows.Count());
        Assert.Equal(20_000, Assert.Single(settings.Feasible.Limits).Most);
    }

    [Theory]
    [InlineData("""{ "step": 3 }""", "unknown key 'step'; did you mean 'steps'?")]
    [InlineData("""{ "target": "medium" }""", "target must be a number from 1 to 1E+18 or 'median', not 'medium'.")]
    [InlineData("""{ "target": -3 }""", "target must be a number from 1 to 1E+18, not -3.")]
    [InlineData("""{ "beta": 0.1 }""", "beta must be a number")]
    [InlineData("""{ "algorithm": "tuna" }""", "algorithm must be one of tunas, random, spos, fairnas, sandwich, not 'tuna'; did you mean 'tunas'?")]
    [InlineData("""{ "objective": "flops" }""", "objective must be one of macs, macsPerFrame")]
    [InlineData("""{ "warmUpFraction": 0.4 }""", "has warmUpFraction 0.4, which must not exceed delayFraction 0.25")]
    [InlineData("""{ "beta": "automatic" }""", "beta must be a number from -1000000 to -1E-09 or 'auto', not 'automatic'.")]
    [InlineData("""{ "costs": [{ "objective": "macs" }] }""", "costs[0] has the objective macs, which is the search's main one already")]
    [InlineData("""{ "costs": [{ "objective": "parameters" }, { "objective": "parameters" }] }""", "costs[1] has the objective parameters a second time")]
    [InlineData("""{ "costs": [{ "target": 3 }] }""", "costs[0] needs the key 'objective'.")]
    [InlineData("""{ "costs": [{ "objective": "params" }] }""", "must be one of macs, macsPerFrame, parameters")]
    [InlineData("""{ "limits": { "parameter": 3 } }""", "unknown key 'limits.parameter'; did you mean 'parameters'?")]
    [InlineData("""{ "limits": { "parameters": 0 } }""", "limits.parameters must be a number from 1")]
    [InlineData("""{ "steps": 16, "beta": "auto" }""", "has beta \"auto\", which needs 20 architectures scored before the controller learns; delayFraction x steps x candidates gives 16.")]
    public void Mistakes_are_told_in_words(string json, string words)
    {
        string message = Assert.Throws<InputException>(() => Read(json)).Message;
        Assert.Contains("search.json(1)", message);
        Assert.Contains(words, message);
    }

    [Fact]
    public void A_search_of_two_stages_is_written_with_its_evolution_and_targets()
    {
        var settings = Read("""
            { "algorithm": "spos", "targets": [2e6, 3e6], "evolution": { "population": 8, "generations": 2, "selection": "nsga2", "patience": 1 } }
            """);
        Assert.Equal([2e6, 3e6], settings.Targets!.Value);
        Assert.Equal(new EvolutionSettings(8, 2, 8, 4, 0.1, 4, ParentSelection.Pareto, 1), settings.Evolution);
        var again = Read(settings.ToJson());
        Assert.Equal(settings.Targets.Value, again.Targets!.Value);
        Assert.Equal(settings with { Targets = null }, again with { Targets = null });
    }

    [Theory]
    [InlineData("""{ "algorithm": "tunas", "targets": [2, 3] }""", "has targets, which one training serves only with the algorithms spos, fairnas and sandwich, not tunas")]
    [InlineData("""{ "algorithm": "spos", "targets": [2, 3], "target": 4 }""", "has both target and targets")]
    [InlineData("""{ "algorithm": "spos", "targets": [2, 2] }""", "targets names a target twice")]
    [InlineData("""{ "algorithm": "spos", "targets": [] }""", "targets must not be an empty list")]
    [InlineData("""{ "algorithm": "sandwich", "candidates": 2 }""", "has 2 candidates; sandwich needs at least 3")]
    [InlineData("""{ "algorithm": "spos", "evolution": { "generation": 2 } }""", "did you mean 'generations'?")]
    [InlineData("""{ "algorithm": "spos", "evolution": { "kind": "nsga2" } }""", "kind must be one of evolution, not 'nsga2'")]
    [InlineData("""{ "algorithm": "fairnass" }""", "did you mean 'fairnas'?")]
    public void Mistakes_about_the_second_stage_are_told_in_words(string json, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => Read(json)).Message);

    [Fact]
    public void The_median_is_a_cost_in_the_middle()
    {
        var space = TestSpaces.Tiny;
        var costs = new CostTable(space, NetworkVariant.Causal, 10, space.Definition.Input);
        var settings = new SearchSettings(Steps: 200).Resolve(space, costs, new RandomStream(1));
        var random = new RandomStream(99);
        double below = Enumerable.Range(0, 2000).Count(_ => costs.Of(space.Sample(random)).Macs < settings.Target) / 2000.0;
        Assert.InRange(below, 0.45, 0.55);
        Assert.Equal(97.4 / 150 / 3, settings.ControllerLearningRate!.Value, 12);
        Assert.Equal(settings, settings.Resolve(space, costs, new RandomStream(2)));
    }
}
