using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>The toy benchmark of TabNAS (google-research/tabnas, toy example): widths {2, 3, 4}^2 of a small network, at
/// most 25 parameters. REINFORCE, Adam (0.9, 0.999), rate 0.05, 500 steps of one sample, baseline of momentum 0.9, 200 seeds.</summary>
public sealed class TabularToyTests
{
    private const int Seeds = 200, Steps = 500, Samples = 64;
    private const double Limit = 25;

    // Rows: first width 2, 3, 4. Losses and parameters as published; parameters = 3a + (ab + b) + (b + 1).
    private static readonly double[,] Losses = { { 0.9, 0.9, 0.66 }, { 0.9, 0.66, 0.30 }, { 0.60, 0.30, 0.10 } };

    // Two decisions with three options; the rest have one.
    private static readonly SearchSpace Space = SpaceFile.Parse("toy.json", """
        {
          "format": 1, "name": "toy", "input": { "frames": 4, "resolution": 16 }, "stem": { "width": 8 },
          "blocks": [{ "width": 16, "stride": 2, "depth": [1, 1], "kernels": ["1x3x3", "1x5x5", "3x3x3"], "expansions": [1, 2, 3], "squeezeExcite": [true] }],
          "head": { "width": 64, "denseWidth": 32 }
        }
        """);

    private static readonly int[] Open = [.. Enumerable.Range(0, Space.Decisions.Length).Where(d => Space.Decisions[d].OptionCount == 3)];

    [Fact]
    public void The_toy_is_the_published_one()
    {
        Assert.Equal(2, Open.Length);
        Assert.Equal([15, 19, 23, 20, 25, 30, 25, 31, 37], All().Select(pair => Parameters(pair.A, pair.B)));
        Assert.Equal((2, 0), All().Where(IsFeasible).MaxBy(pair => Quality(pair.A, pair.B)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(-0.5)]
    public void A_beta_below_the_slope_runs_away_to_the_largest(double beta)
    {
        // Published for these settings: always (4,4).
        var ends = WithReward(beta);
        Assert.All(ends, end => Assert.Equal((2, 2), end));
    }

    [Fact]
    public void A_beta_that_is_still_too_small_finds_nothing_feasible() =>
        Assert.InRange(WithReward(-1).Count(IsFeasible), 0, 10); // 0 of 200

    [Theory]
    [InlineData(-2)] // 192 feasible, 32 optimal of 200
    [InlineData(-5)] // 200 feasible, 25 optimal
    public void A_beta_that_holds_the_limit_traps_the_search_at_a_worse_network(double beta)
    {
        var ends = WithReward(beta);
        int feasible = ends.Count(IsFeasible), optimal = ends.Count(end => end == (2, 0));
        TestContext.Current.TestOutputHelper?.WriteLine($"beta {beta}: {feasible} feasible, {optimal} optimal of {Seeds}");
        Assert.True(feasible >= 0.9 * Seeds, $"{feasible} feasible");
        Assert.True(optimal <= 0.3 * Seeds, $"{optimal} optimal");
    }

    [Fact]
    public void Rejection_with_the_correction_finds_the_best_feasible_network()
    {
        // 159 of 200 with exact P(V), taking the most probable feasible pair; the argmax of each decision alone is often infeasible (127).
        int optimal = 0, infeasibleArgmax = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var controller = Rejecting(new RandomStream(seed));
            if (All().Where(IsFeasible).MaxBy(pair => Probability(controller, pair)) == (2, 0)) optimal++;
            if (!IsFeasible(ArgMax(controller))) infeasibleArgmax++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"rejection: {optimal} optimal, {infeasibleArgmax} infeasible by argmax, of {Seeds}");
        Assert.True(optimal >= 0.6 * Seeds, $"{optimal} optimal");
        Assert.True(infeasibleArgmax >= 0.2 * Seeds, $"{infeasibleArgmax} infeasible by argmax");
    }

    [Fact]
    public void The_estimated_share_and_its_gradient_are_those_of_an_enumeration()
    {
        var controller = TestSpaces.Policy(Space, 3);
        double share = Share(controller);
        var estimate = FeasibleShare.Estimate(controller, IsFeasible, new RandomStream(1), 200_000);
        Assert.Equal(share, estimate.Share, 4 * Math.Sqrt(0.25 / 200_000)); // four standard deviations
        const double h = 1e-5;
        foreach (int d in Open)
        {
            for (int j = 0; j < 3; j++)
            {
                double expected = (Math.Log(Share(Shifted(controller, d, j, h))) - Math.Log(Share(Shifted(controller, d, j, -h)))) / (2 * h);
                Assert.Equal(expected, estimate.LogGradient![d][j], 0.01);
            }
        }

        Assert.Null(FeasibleShare.Estimate(controller, _ => false, new RandomStream(1), 10).LogGradient);
        // -A (grad ln pi - grad ln P(V)), by finite differences of the loss itself.
        int[] choices = Choices(2, 0);
        double[][] exact = [.. Space.Decisions.Select((decision, d) => Enumerable.Range(0, decision.OptionCount)
            .Select(j => (Math.Log(Share(Shifted(controller, d, j, h))) - Math.Log(Share(Shifted(controller, d, j, -h)))) / (2 * h)).ToArray())];
        double[][] gradient = FeasibleShare.LossGradient(controller, choices, 0.3, exact);
        foreach (int d in Open)
        {
            double Loss(double by) => -0.3 * (Shifted(controller, d, 1, by).LogProbability(choices) - Math.Log(Share(Shifted(controller, d, 1, by))));
            Assert.Equal((Loss(h) - Loss(-h)) / (2 * h), gradient[d][1], 1e-6);
        }
    }

    private static List<(int A, int B)> WithReward(double beta)
    {
        var reward = new AbsoluteReward(Limit, beta);
        var ends = new List<(int, int)>();
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var random = new RandomStream(seed);
            var controller = Fresh();
            var baseline = new RewardBaseline(0.9);
            for (int step = 0; step < Steps; step++)
            {
                int[] choices = controller.Sample(random);
                double score = reward.Score(Quality(choices[Open[0]], choices[Open[1]]), Parameters(choices[Open[0]], choices[Open[1]]));
                baseline = baseline.Include(score);
                double[][] gradient = controller.LogProbabilityGradient(choices);
                foreach (double[] row in gradient)
                    for (int j = 0; j < row.Length; j++) row[j] *= -(score - baseline.Value);
                controller = new Controller(Space, ControllerAdam.Step(controller.State, [gradient], 0.05, 0.9));
            }

            ends.Add(ArgMax(controller));
        }

        return ends;
    }

    private static Controller Rejecting(RandomStream random)
    {
        var controller = Fresh();
        var baseline = new RewardBaseline(0.9);
        for (int step = 0; step < Steps; step++)
        {
            int[] choices;
            do choices = controller.Sample(random);
            while (!IsFeasible(choices));
            double quality = Quality(choices[Open[0]], choices[Open[1]]);
            baseline = baseline.Include(quality);
            var share = FeasibleShare.Estimate(controller, IsFeasible, random.Derive("share", step), Samples);
            double[][] gradient = FeasibleShare.LossGradient(
                controller, choices, quality - baseline.Value, share.LogGradient ?? controller.LogProbabilityGradient(choices));
            controller = new Controller(Space, ControllerAdam.Step(controller.State, [gradient], 0.05, 0.9));
        }

        return controller;
    }

    private static Controller Fresh() => new(Space, ControllerState.Start(Space.Decisions.Select(decision => decision.OptionCount)));

    private static IEnumerable<(int A, int B)> All() => Enumerable.Range(0, 9).Select(i => (i / 3, i % 3));

    private static int Parameters(int a, int b) => 3 * (a + 2) + ((a + 2) * (b + 2) + b + 2) + (b + 3);

    private static double Quality(int a, int b) => 1 - Losses[a, b];

    private static bool IsFeasible((int A, int B) pair) => Parameters(pair.A, pair.B) <= Limit;

    private static bool IsFeasible(int[] choices) => IsFeasible((choices[Open[0]], choices[Open[1]]));

    private static double Probability(Controller controller, (int A, int B) pair) =>
        controller.Probabilities(Open[0])[pair.A] * controller.Probabilities(Open[1])[pair.B];

    private static double Share(Controller controller) => All().Where(IsFeasible).Sum(pair => Probability(controller, pair));

    private static (int A, int B) ArgMax(Controller controller)
    {
        int[] choices = controller.ArgMaxChoices();
        return (choices[Open[0]], choices[Open[1]]);
    }

    private static int[] Choices(int a, int b)
    {
        var choices = new int[Space.Decisions.Length];
        (choices[Open[0]], choices[Open[1]]) = (a, b);
        return choices;
    }

    private static Controller Shifted(Controller controller, int decision, int option, double by)
    {
        var logits = controller.State.Logits;
        return new Controller(Space, controller.State with { Logits = logits.SetItem(decision, logits[decision].SetItem(option, logits[decision][option] + by)) });
    }
}
