using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What a search had reached after each amount of compute: a curve that never falls.</summary>
/// <remarks>Compute is cumulative, in any unit that the compared searches share (seconds, clips, evaluations). Source: Lindauer and Hutter 2020,
/// Best practices for scientific research on neural architecture search (report performance over time).</remarks>
public static class AnytimeCurve
{
    /// <summary>The best quality so far.</summary>
    /// <param name="evaluations">Compute spent when each was known, in ascending order, and its quality (maximised).</param>
    /// <exception cref="ArgumentException">The compute falls, or a number is not finite.</exception>
    public static StepFunction Best(IReadOnlyList<(double Compute, double Quality)> evaluations)
    {
        Require([.. evaluations.Select(evaluation => evaluation.Compute)]);
        if (evaluations.Any(evaluation => !double.IsFinite(evaluation.Quality))) throw new ArgumentException("a quality is not finite.", nameof(evaluations));
        double best = double.NegativeInfinity;
        return StepFunction.Of(evaluations.Select(evaluation => (evaluation.Compute, best = Math.Max(best, evaluation.Quality))));
    }

    /// <summary>The hypervolume of everything so far.</summary>
    /// <param name="evaluations">Compute spent when each was known, in ascending order, and its objectives (minimised, finite).</param>
    /// <param name="reference">The worst corner; the same for all curves that are compared.</param>
    /// <exception cref="ArgumentException">The compute falls, the numbers of objectives differ, or a number is not finite.</exception>
    public static StepFunction OfHypervolume(
        IReadOnlyList<(double Compute, ImmutableArray<double> Objectives)> evaluations, ImmutableArray<double> reference)
    {
        Require([.. evaluations.Select(evaluation => evaluation.Compute)]);
        ObjectivePoints.RequireFinite([.. evaluations.Select(evaluation => evaluation.Objectives)], reference.Length, nameof(evaluations));
        return StepFunction.Of(Volumes());

        IEnumerable<(double, double)> Volumes()
        {
            var front = new List<ImmutableArray<double>>();
            double volume = 0;
            foreach (var (compute, point) in evaluations)
            {
                if (!front.Exists(known => Dominance.IsWeak(known, point)))
                {
                    front.RemoveAll(known => Dominance.IsWeak(point, known));
                    front.Add(point);
                    volume = Math.Max(volume, Hypervolume.Of(front, reference)); // rounding must not make it fall
                }

                yield return (compute, volume);
            }
        }
    }

    private static void Require(double[] computes)
    {
        for (int i = 0; i < computes.Length; i++)
        {
            if (!double.IsFinite(computes[i]) || (i > 0 && computes[i] < computes[i - 1]))
                throw new ArgumentException($"the compute of evaluation {i} is {computes[i]}: it must be finite and not fall.", nameof(computes));
        }
    }
}
