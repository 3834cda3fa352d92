using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class ControllerTests
{
    private static Controller Fresh(SearchSpace space) =>
        new(space, ControllerState.Start(space.Decisions.Select(decision => decision.OptionCount)));

    [Fact]
    public void A_fresh_controller_over_1_2_3_4_options_has_entropy_ln_24()
    {
        // Source: tests of google-research/tunas 0c1bbe5.
        var controller = Fresh(TestSpaces.OneTwoThreeFour);
        int[] choices = controller.Sample(new RandomStream(1));
        Assert.Equal(Math.Log(24), controller.Entropy(choices), 12);
        Assert.Equal(-Math.Log(24), controller.LogProbability(choices), 12);
        Assert.Equal(1, controller.MeanNormalizedEntropy, 12);
        Assert.Equal(Math.Log(24) / 3, controller.MeanEntropy, 12);
    }

    [Fact]
    public void Adam_with_two_candidates_equals_the_reference()
    {
        // Worked out from CrossReplicaAdam of google-research/tunas 0c1bbe5: picks 0 with advantage 0.1 and 2 with -0.05, t = 1, lr 0.0048.
        var state = ControllerState.Start([3]);
        double[][][] gradients = [[Gradient(0, -0.1)], [Gradient(2, 0.05)]];
        var after = ControllerAdam.Step(state, gradients, 0.0048);
        Assert.Equal([-0.041667, 0.008333, 0.033333], after.FirstMoments[0].Select(m => Math.Round(m, 6)));
        Assert.Equal([0.004116, -0.001518, -0.004800], after.Logits[0].Select(z => Math.Round(z, 6)));

        static double[] Gradient(int pick, double factor) => [.. Enumerable.Range(0, 3).Select(j => factor * ((j == pick ? 1 : 0) - 1.0 / 3))];
    }

    [Fact]
    public void A_nested_decision_counts_when_the_outer_one_switches_it_on()
    {
        // Nested decisions as in google-research/tunas 0c1bbe5: entropy is that of what the outer pick makes active; without hierarchy, of all.
        var space = TestSpaces.Tiny;
        var controller = Fresh(space);
        int depth = space.Decisions.Select((decision, i) => (decision, i)).First(pair => pair.decision.Tag == DecisionTag.Depth && pair.decision.OptionCount == 2).i;
        var choices = new int[space.Decisions.Length];
        double always = space.Decisions.Where(decision => decision.DepthDecision != depth || decision.LayerIndex == 0).Sum(decision => Math.Log(decision.OptionCount));
        double nested = space.Decisions.Where(decision => decision.DepthDecision == depth && decision.LayerIndex == 1).Sum(decision => Math.Log(decision.OptionCount));
        Assert.True(nested > 1);
        Assert.Equal(always, controller.Entropy(choices), 12);
        Assert.Equal(-always, controller.LogProbability(choices), 12);
        choices[depth] = 1;
        Assert.Equal(always + nested, controller.Entropy(choices), 12);
        choices[depth] = 0;
        Assert.Equal(-always - nested, controller.EncodingLogProbability(choices), 12);
    }

    [Fact]
    public void Adam_with_momentum_equals_the_paper_s()
    {
        // By hand, Adam (arXiv 1412.6980) with beta1 0.9, lr 0.05, gradients 1 then -1: the first step is lr, then m = -0.01, m-hat = -0.01 / 0.19, v-hat = 1.
        var first = ControllerAdam.Step(ControllerState.Start([1]), [[[1.0]]], 0.05, 0.9);
        Assert.Equal(-0.05, first.Logits[0][0], 1e-7);
        var second = ControllerAdam.Step(first, [[[-1.0]]], 0.05, 0.9);
        Assert.Equal(-0.05 + 0.05 * 0.01 / 0.19, second.Logits[0][0], 1e-7);
    }

    [Fact]
    public void Adam_warms_its_second_moments_at_rate_zero_and_leaves_logits_alone()
    {
        var after = ControllerAdam.Step(ControllerState.Start([2]), [[[0.5, -0.5]]], 0);
        Assert.Equal([0.0, 0.0], after.Logits[0]);
        Assert.Equal(0.001 * 0.25, after.SecondMoments[0][0], 12);
        Assert.Equal(1, after.Updates);
    }

    [Property(MaxTest = 30)]
    public void Log_probability_and_entropy_gradients_equal_finite_differences(ulong seed)
    {
        var controller = TestSpaces.Policy(TestSpaces.Tiny, seed);
        int[] choices = controller.Sample(new RandomStream(seed + 1));
        double[][] gradient = controller.LogProbabilityGradient(choices), entropyGradient = controller.EntropyGradient(choices);
        const double h = 1e-5;
        for (int d = 0; d < choices.Length; d++)
        {
            for (int j = 0; j < gradient[d].Length; j++)
            {
                var up = Shifted(controller, d, j, h);
                var down = Shifted(controller, d, j, -h);
                Assert.Equal((up.LogProbability(choices) - down.LogProbability(choices)) / (2 * h), gradient[d][j], 1e-7);
                Assert.Equal((up.Entropy(choices) - down.Entropy(choices)) / (2 * h), entropyGradient[d][j], 1e-7);
            }
        }
    }

    [Property(MaxTest = 30)]
    public void Switched_off_and_one_option_decisions_add_nothing(ulong seed)
    {
        var space = TestSpaces.Tiny;
        var controller = TestSpaces.Policy(space, seed);
        int[] choices = controller.Sample(new RandomStream(seed + 1));
        double expected = 0, entropy = 0;
        for (int d = 0; d < choices.Length; d++)
        {
            if (space.Decisions[d].OptionCount == 1) Assert.Equal(0, controller.EntropyByDecision[d]);
            if (!space.IsActive(d, choices)) continue;
            expected += Math.Log(controller.Probabilities(d)[choices[d]]);
            entropy += controller.EntropyByDecision[d];
        }

        Assert.Equal(expected, controller.LogProbability(choices), 9);
        Assert.Equal(entropy, controller.Entropy(choices), 9);
        var genotype = space.Genotype(choices);
        Assert.Equal(expected, controller.LogProbability(genotype.Choices.AsSpan()), 9);
        Assert.Equal(genotype, space.Parse(genotype.ToString()));
    }

    [Fact]
    public void Probabilities_of_all_architectures_sum_to_one()
    {
        var controller = TestSpaces.Policy(TestSpaces.Tiny, 3);
        Assert.Equal(1, TestSpaces.All(TestSpaces.Tiny).Sum(genotype => Math.Exp(controller.LogProbability(genotype.Choices.AsSpan()))), 9);
    }

    [Fact]
    public void Samples_come_as_often_as_the_policy_says()
    {
        var controller = TestSpaces.Policy(TestSpaces.Tiny, 5);
        var random = new RandomStream(9);
        int d = TestSpaces.Tiny.Decisions.Select((decision, i) => (decision.Tag, i)).First(pair => pair.Tag == DecisionTag.Kernel).i;
        const int draws = 40_000;
        var counts = new int[3];
        for (int i = 0; i < draws; i++) counts[controller.Sample(random)[d]]++;
        // Four standard deviations of a binomial share.
        for (int j = 0; j < 3; j++) Assert.Equal(controller.Probabilities(d)[j], counts[j] / (double)draws, 4 * Math.Sqrt(0.25 / draws));
    }

    [Fact]
    public void Learning_raises_the_probability_of_what_was_rewarded()
    {
        var controller = Fresh(TestSpaces.OneTwoThreeFour);
        int[] choices = controller.Sample(new RandomStream(4));
        double[][] loss = controller.LogProbabilityGradient(choices);
        foreach (double[] row in loss)
            for (int j = 0; j < row.Length; j++) row[j] *= -0.1;
        var after = new Controller(controller.Space, ControllerAdam.Step(controller.State, [loss], 0.05));
        Assert.True(after.LogProbability(choices) > controller.LogProbability(choices));
    }

    private static Controller Shifted(Controller controller, int decision, int option, double by)
    {
        var logits = controller.State.Logits;
        return new Controller(controller.Space, controller.State with
        {
            Logits = logits.SetItem(decision, logits[decision].SetItem(option, logits[decision][option] + by)),
        });
    }
}
