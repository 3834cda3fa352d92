using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class CandidateSamplerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void At_probability_one_every_open_decision_is_replaced(int maximumBranches)
    {
        // Source: tests of google-research/tunas 0c1bbe5: op with 3 options -> all of them, filters -> the largest, log-probability 0.
        var space = TestSpaces.Tiny;
        var controller = TestSpaces.Policy(space, 1);
        var candidate = new CandidateSampler(space, maximumBranches).Draw(controller, new RandomStream(2), 1);
        for (int d = 0; d < space.Decisions.Length; d++)
        {
            var decision = space.Decisions[d];
            Assert.Equal(decision.OptionCount > 1, candidate.Replaced[d]);
            int expected = !decision.IsOp ? 1 : maximumBranches == 0 ? decision.OptionCount : Math.Min(maximumBranches, decision.OptionCount);
            Assert.Equal(expected, candidate.Enabled[d].Distinct().Count());
            if (!decision.IsOp) Assert.Equal(decision.LargestOption, candidate.Enabled[d][0]);
        }

        Assert.Equal(0, controller.LogProbability(candidate.Choices.AsSpan(), candidate.Replaced.AsSpan()));
        Assert.All(controller.LogProbabilityGradient(candidate.Choices.AsSpan(), candidate.Replaced.AsSpan()), row => Assert.All(row, value => Assert.Equal(0, value)));
        Assert.True(candidate.IsWarmUp);
        Assert.Equal(space.Largest().Blocks.Select(block => block.Width), space.Path(candidate.Enabled).Architecture.Blocks.Select(block => block.Width));
    }

    [Fact]
    public void The_widest_option_is_taken_wherever_it_stands()
    {
        // Source: tests of google-research/tunas 0c1bbe5: filters [4, 12, 8] -> the second; here twice as wide, as widths are multiples of 8.
        var space = SpaceFile.Parse("unsorted.json", """
            {
              "format": 1, "name": "unsorted", "input": { "frames": 4, "resolution": 16 }, "widthMultipliers": [0.5, 1.5, 1], "stem": { "width": 16 },
              "layer": { "kernels": ["1x3x3"], "expansions": [1], "squeezeExcite": [true] },
              "blocks": [{ "width": 16, "stride": 2, "depth": [1, 1] }], "head": { "width": 16, "denseWidth": 16 }
            }
            """);
        Assert.Equal([8, 24, 16], space.Decisions[0].Values);
        var candidate = new CandidateSampler(space).Draw(TestSpaces.Policy(space, 1), new RandomStream(2), 1);
        Assert.Equal([1], candidate.Enabled[0]);
        Assert.True(candidate.Replaced[0]);
    }

    [Fact]
    public void One_branch_leaves_op_decisions_alone()
    {
        var candidate = new CandidateSampler(TestSpaces.Tiny, 1).Draw(TestSpaces.Policy(TestSpaces.Tiny, 1), new RandomStream(2), 1);
        for (int d = 0; d < candidate.Replaced.Length; d++)
            if (TestSpaces.Tiny.Decisions[d].IsOp) Assert.False(candidate.Replaced[d]);
    }

    [Fact]
    public void Without_filter_warm_up_widths_expansions_and_depths_stay_as_drawn()
    {
        var space = TestSpaces.Tiny;
        var controller = TestSpaces.Policy(space, 1);
        var candidate = new CandidateSampler(space, hasFilterWarmUp: false).Draw(controller, new RandomStream(2), 1);
        int[] drawn = controller.Sample(new RandomStream(2));
        for (int d = 0; d < drawn.Length; d++)
        {
            Assert.Equal(drawn[d], candidate.Enabled[d][0]);
            Assert.Equal(space.Decisions[d].IsOp && space.Decisions[d].OptionCount > 1 && space.IsActive(d, drawn), candidate.Replaced[d]);
        }
    }

    [Property(MaxTest = 100)]
    public void Without_warm_up_a_candidate_is_the_policy_s_sample(ulong seed)
    {
        var space = TestSpaces.Tiny;
        var controller = TestSpaces.Policy(space, seed);
        var candidate = new CandidateSampler(space).Draw(controller, new RandomStream(seed), 0);
        Assert.False(candidate.IsWarmUp);
        Assert.Equal(controller.Sample(new RandomStream(seed)), candidate.Choices);
        Assert.Equal(space.Resolve(candidate.Genotype).Blocks.Select(b => b.Layers.Length), space.Path(candidate.Enabled).Architecture.Blocks.Select(b => b.Layers.Length));
    }

    [Fact]
    public void Replacements_come_as_often_as_the_probability_says()
    {
        var space = TestSpaces.Tiny;
        var controller = TestSpaces.Policy(space, 1, spread: 0);
        var sampler = new CandidateSampler(space);
        const int draws = 10_000;
        int stem = 0;
        var random = new RandomStream(7);
        for (int i = 0; i < draws; i++)
            if (sampler.Draw(controller, random.Derive("candidate", i), 0.3).Replaced[0]) stem++;
        Assert.Equal(0.3, stem / (double)draws, 4 * Math.Sqrt(0.21 / draws));
    }

    [Property(MaxTest = 100)]
    public void Switched_off_decisions_are_never_counted_as_replaced(ulong seed)
    {
        var space = TestSpaces.Tiny;
        var candidate = new CandidateSampler(space).Draw(TestSpaces.Policy(space, seed), new RandomStream(seed), 0.5);
        for (int d = 0; d < candidate.Replaced.Length; d++)
            if (candidate.Replaced[d]) Assert.True(space.IsActive(d, candidate.Choices.AsSpan()));
    }
}
