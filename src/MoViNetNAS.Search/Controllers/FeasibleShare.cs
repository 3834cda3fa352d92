using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>P(V), the share of a policy's draws that may be chosen, and the gradient of its logarithm by the logits: what corrects
/// REINFORCE for draws that were rejected.</summary>
/// <remarks>Draws that are rejected leave the distribution pi(a) / P(V), so the loss is -A log(pi(a) / P(V)), whose gradient is
/// -A (grad log pi(a) - grad log P(V)). Estimated from N draws z_k of the policy as (1 / N) sum 1[z_k in V] pi(z_k) / sg(pi(z_k)), sg holding
/// a value constant: its value is the share of the draws in V, and its gradient (1 / N) sum 1[z_k in V] grad log pi(z_k).
/// Source: TabNAS (arXiv 2204.07615), rejection-based reward, Monte-Carlo estimate of P(V).</remarks>
/// <param name="Share">The estimate of P(V), in [0, 1].</param>
/// <param name="LogGradient">Gradient of ln P(V), shaped like the logits; null when none of the draws may be chosen.</param>
public sealed record FeasibleShare(double Share, double[][]? LogGradient)
{
    /// <summary>Estimates it.</summary>
    /// <param name="controller">The policy.</param>
    /// <param name="isFeasible">Whether an option for each decision may be chosen.</param>
    /// <param name="random">The draws' own stream.</param>
    /// <param name="samples">N, at least 1.</param>
    public static FeasibleShare Estimate(Controller controller, Func<int[], bool> isFeasible, RandomStream random, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var sum = new GradientSum(controller);
        for (int k = 0; k < samples; k++)
        {
            int[] choices = controller.Sample(random);
            if (isFeasible(choices)) sum.Add(choices);
        }

        return new FeasibleShare((double)sum.Count / samples, sum.Count == 0 ? null : sum.Mean());
    }

    /// <summary>The gradient of -<paramref name="advantage"/> log(pi(<paramref name="choices"/>) / P(V)) by the logits.</summary>
    /// <param name="controller">The policy.</param>
    /// <param name="choices">A draw that may be chosen.</param>
    /// <param name="advantage">A, held constant.</param>
    /// <param name="logShareGradient">Gradient of ln P(V).</param>
    public static double[][] LossGradient(Controller controller, ReadOnlySpan<int> choices, double advantage, double[][] logShareGradient)
    {
        double[][] gradient = controller.LogProbabilityGradient(choices);
        for (int d = 0; d < gradient.Length; d++)
            for (int j = 0; j < gradient[d].Length; j++) gradient[d][j] = -advantage * (gradient[d][j] - logShareGradient[d][j]);
        return gradient;
    }

    /// <summary>The mean gradient of ln pi over accepted draws: an estimate of the gradient of ln P(V) too, for when none of the N fell into V.</summary>
    internal static double[][] OfAccepted(Controller controller, IEnumerable<int[]> accepted)
    {
        var sum = new GradientSum(controller);
        foreach (int[] choices in accepted) sum.Add(choices);
        return sum.Mean();
    }

    // grad ln pi = 1[j = a_i] - p_ij where decision i counts: sums of it need the counts alone.
    private sealed class GradientSum(Controller controller)
    {
        private readonly int[][] _chosen = [.. controller.State.Logits.Select(logits => new int[logits.Length])];

        public int Count { get; private set; }

        public void Add(int[] choices)
        {
            Count++;
            for (int d = 0; d < choices.Length; d++)
                if (controller.Space.IsActive(d, choices)) _chosen[d][choices[d]]++;
        }

        public double[][] Mean() => [.. _chosen.Select((chosen, d) =>
        {
            double active = chosen.Sum();
            var p = controller.Probabilities(d);
            var mean = new double[chosen.Length];
            for (int j = 0; j < mean.Length; j++) mean[j] = (chosen[j] - active * p[j]) / Count;
            return mean;
        })];
    }
}
