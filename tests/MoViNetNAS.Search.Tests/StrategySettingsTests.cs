using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class StrategySettingsTests
{
    [Fact]
    public void Every_strategy_can_be_named_alone_and_written_out()
    {
        foreach (string name in StrategySettings.Names)
        {
            var settings = Read($"\"{name}\"");
            Assert.Equal(name, settings.Name);
            Assert.Equal(settings, Read(settings.ToJson().ToJsonString()));
            Assert.Equal(settings, Read($$"""{ "kind": "{{name}}" }"""));
        }
    }

    [Fact]
    public void Options_are_read_and_written_back()
    {
        StrategySettings[] all =
        [
            new RegularizedEvolutionSettings(9, 3), new LocalSearchSettings(true), new Nsga2Settings(12, 0.5, 0.25),
            new EvolutionSettings(30, 4, 5, 10, 0.2, 11, ParentSelection.Pareto, 3), new SuccessiveHalvingSettings(81, 4, 2, ParentSelection.Pareto, 2),
            new ControllerStrategySettings(3, 50, 0.3, 2, 0.1, 0.8, true, -0.3, true),
        ];
        Assert.All(all, settings => Assert.Equal(settings, Read(settings.ToJson().ToJsonString())));
    }

    [Fact]
    public void A_small_population_keeps_the_shares()
    {
        var settings = Assert.IsType<EvolutionSettings>(Read("""{ "kind": "evolution", "population": 8 }"""));
        Assert.Equal((8, 4, 4, 8), (settings.Population, settings.Mutants, settings.Crossovers, settings.Parents));
    }

    [Theory]
    [InlineData("\"nsga3\"", "did you mean 'nsga2'?")]
    [InlineData("""{ "kind": "evolutoin" }""", "did you mean 'evolution'?")]
    [InlineData("""{ "kind": "nsga2", "popluation": 3 }""", "did you mean 'strategy.population'?|did you mean 'population'?")]
    [InlineData("""{ "population": 3 }""", "needs the key 'kind'")]
    [InlineData("""{ "kind": "regularizedEvolution", "population": 3, "sample": 4 }""", "sample 4, which must not exceed population 3")]
    [InlineData("""{ "kind": "evolution", "population": 10, "mutants": 8, "crossovers": 8 }""", "more than population 10")]
    [InlineData("""{ "kind": "controller", "learningRate": "fast" }""", "'auto'")]
    public void A_mistake_is_named(string json, string words)
    {
        string message = Assert.Throws<InputException>(() => Read(json)).Message;
        Assert.Contains(words.Split('|'), word => message.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void A_shaped_reward_without_a_target_is_refused()
    {
        var space = TestSpaces.OneTwoThreeFour;
        var problem = new StrategyProblem(space, new CostTable(space, NetworkVariant.Causal, 10, space.Definition.Input), CostObjective.Macs, FeasibleSet.All, 1, new RandomStream(1));
        Assert.Contains("needs a target", Assert.Throws<InputException>(() => new ControllerStrategySettings(IsRewardShaped: true).Make(problem)).Message);
    }

    private static StrategySettings Read(string json) => ConfigDocument.Bind("strategy.json", json, StrategySettings.Read);
}
