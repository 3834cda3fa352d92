using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Adam as TuNAS runs it on the logits: no momentum, and second moments that see how candidates disagree.</summary>
/// <remarks>m averages the candidates' gradients, v averages their squares (square first, then average). z = z - lr sqrt(1 - beta2^t) /
/// (1 - beta1^t) m / (sqrt(v) + eps). Moments move also while the learning rate is 0, so they are warm when learning starts.
/// Source: google-research/tunas 0c1bbe5, <c>CrossReplicaAdam</c>; Adam (arXiv 1412.6980), end of section 2 ("epsilon hat").</remarks>
public static class ControllerAdam
{
    /// <summary>beta1 of TuNAS.</summary>
    public const double Beta1 = 0;

    /// <summary>beta2.</summary>
    public const double Beta2 = 0.999;

    /// <summary>eps, added to the root.</summary>
    public const double Epsilon = 1e-8;

    /// <summary>The state after one step.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="gradients">For each candidate the gradient of its loss, shaped like the logits; at least one.</param>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="beta1">Decay of the first moment, in [0, 1); other methods' controllers have momentum.</param>
    public static ControllerState Step(ControllerState state, IReadOnlyList<double[][]> gradients, double learningRate, double beta1 = Beta1)
    {
        int updates = state.Updates + 1, decisions = state.Logits.Length;
        double rate = learningRate * Math.Sqrt(1 - Math.Pow(Beta2, updates)) / (1 - Math.Pow(beta1, updates));
        var logits = ImmutableArray.CreateBuilder<ImmutableArray<double>>(decisions);
        var first = ImmutableArray.CreateBuilder<ImmutableArray<double>>(decisions);
        var second = ImmutableArray.CreateBuilder<ImmutableArray<double>>(decisions);
        for (int d = 0; d < decisions; d++)
        {
            int options = state.Logits[d].Length;
            double[] z = [.. state.Logits[d]], m = [.. state.FirstMoments[d]], v = [.. state.SecondMoments[d]];
            for (int j = 0; j < options; j++)
            {
                double sum = 0, squares = 0;
                foreach (double[][] gradient in gradients)
                {
                    sum += gradient[d][j];
                    squares += gradient[d][j] * gradient[d][j];
                }

                m[j] = beta1 * m[j] + (1 - beta1) * sum / gradients.Count;
                v[j] = Beta2 * v[j] + (1 - Beta2) * squares / gradients.Count;
                z[j] -= rate * m[j] / (Math.Sqrt(v[j]) + Epsilon);
            }

            logits.Add([.. z]);
            first.Add([.. m]);
            second.Add([.. v]);
        }

        return new ControllerState(updates, logits.MoveToImmutable(), first.MoveToImmutable(), second.MoveToImmutable());
    }
}
