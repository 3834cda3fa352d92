using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What several runs reach in two objectives: the staircase that a given number of them attain.</summary>
/// <remarks>A run attains a point when one of its own weakly dominates it. Fronts are not averaged: a mean of fronts is a place that no run
/// reaches. Source: Fonseca and Fleming 1996; Lopez-Ibanez, Paquete and Stuetzle 2010.</remarks>
public static class AttainmentSurface
{
    /// <summary>The staircase that at least <paramref name="runs"/> of the runs attain: the least second objective at each value of the first.</summary>
    /// <param name="points">Points of each run, two minimised and finite objectives; a run may have none.</param>
    /// <param name="runs">From 1 (the best staircase) to the number of runs (the worst).</param>
    /// <returns>A function that falls; it has no value where fewer runs attain anything.</returns>
    /// <exception cref="ArgumentException">A point has not two objectives, or one that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="runs"/> is not within its range.</exception>
    public static StepFunction Of(IReadOnlyList<IReadOnlyList<ImmutableArray<double>>> points, int runs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runs, points.Count);
        foreach (var run in points) ObjectivePoints.RequireFinite(run, 2, nameof(points));

        double[] reached = new double[points.Count];
        Array.Fill(reached, double.PositiveInfinity);
        var arrivals = points.SelectMany((run, index) => run.Select(point => (Run: index, X: point[0], Y: point[1]))).OrderBy(arrival => arrival.X);
        return StepFunction.Of(Heights().Where(step => double.IsFinite(step.Y)));

        IEnumerable<(double X, double Y)> Heights()
        {
            foreach (var (run, x, y) in arrivals)
            {
                reached[run] = Math.Min(reached[run], y);
                yield return (x, reached.Order().ElementAt(runs - 1));
            }
        }
    }

    /// <summary>The staircase that half of the runs attain, of an odd number the larger half.</summary>
    /// <param name="points">As for <see cref="Of"/>, of at least one run.</param>
    /// <exception cref="ArgumentException">As for <see cref="Of"/>.</exception>
    public static StepFunction Median(IReadOnlyList<IReadOnlyList<ImmutableArray<double>>> points) => Of(points, (points.Count + 1) / 2);
}
