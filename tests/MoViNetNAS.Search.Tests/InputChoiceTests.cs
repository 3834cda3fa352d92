using System.Collections.Immutable;
using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class InputChoiceTests
{
    private static readonly SearchSpace Space = SpaceFile.Parse(
        "inputs.json",
        """
        {
          "format": 1, "name": "inputs", "input": { "frames": [2, 5], "resolution": [16, 21, 32], "frameStride": [1, 2] }, "widthMultipliers": [1, 2],
          "stem": { "width": 8 }, "layer": { "kernels": ["1x3x3", "3x3x3", "5x1x1"], "expansions": [1, 2], "squeezeExcite": [true, false] },
          "blocks": [{ "width": 8, "stride": 2, "depth": [1, 2] }, { "width": 16, "stride": 2, "depth": [1, 2] }],
          "head": { "width": 16, "denseWidth": 16 }
        }
        """);

    private static readonly CostTable[] Tables = [.. NetworkVariant.ByName.Values.Select(variant => new CostTable(Space, variant, 10, Space.Definition.Input))];

    [Property(MaxTest = 100)]
    public void The_table_says_what_the_cost_model_says_of_each_architecture_at_its_own_input(ulong seed)
    {
        var genotype = Space.Sample(new RandomStream(seed));
        foreach (var (variant, table) in NetworkVariant.ByName.Values.Zip(Tables))
            Assert.Equal(CostModel.Of(Space.Resolve(genotype), variant, 10), table.Of(genotype));
    }

    [Fact]
    public void Warm_up_takes_the_largest_input_and_averages_none()
    {
        var controller = new Controller(Space, ControllerState.Start(Space.Decisions.Select(decision => decision.OptionCount)));
        var sampler = new CandidateSampler(Space);
        for (int i = 0; i < 30; i++)
        {
            var candidate = sampler.Draw(controller, new RandomStream(3).Derive("candidate", i), warmUpProbability: 1);
            var path = Space.Path(candidate.Enabled);
            Assert.Equal(new InputShape(5, 32, 2), path.Architecture.Input);
            for (int d = 0; d < 3; d++) Assert.Single(candidate.Enabled[d]);
        }
    }

    [Fact]
    public void An_input_is_changed_to_bring_a_network_on_target()
    {
        // A policy that wants everything large: at a target that only the smaller inputs meet, the repaired argmax has a smaller one.
        var state = ControllerState.Start(Space.Decisions.Select(decision => decision.OptionCount));
        state = state with { Logits = [.. state.Logits.Select((logits, d) => logits.Select((logit, option) => option == Space.Decisions[d].LargestOption ? 3.0 : 0).ToImmutableArray())] };
        var controller = new Controller(Space, state);
        var table = Tables[2];
        var largest = Space.Genotype(controller.ArgMaxChoices());
        var small = controller.ArgMaxChoices();
        small[1] = 0;
        var window = new CostWindow(CostObjective.Macs, table.Of(Space.Genotype(small)).Macs, 0.01);
        Assert.False(window.Contains(table.Of(largest)));
        var repaired = FeasibleSearch.Repaired(controller, table, window);
        Assert.NotNull(repaired);
        Assert.True(window.Contains(repaired.Cost));
        Assert.NotEqual(Space.Resolve(largest).Input, Space.Resolve(repaired.Genotype).Input);
    }

    [Fact]
    public void Milliseconds_of_one_resolution_are_refused()
    {
        var table = SyntheticLatency.Table(Space, NetworkVariant.Causal, 10);
        Assert.Contains("one resolution", Assert.Throws<InputException>(() => new ArchitectureSearch(
            "r", Space, new SearchSettings(Steps: 4), NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(1), new ToyEvaluator(new RandomStream(1)), table)).Message);
    }
}
