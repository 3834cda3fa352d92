using System.Collections.Immutable;
using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>What the runs of one method reach: for each cost the quality that one, half and all of them attain.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Best">Quality in [0, 1] over cost, of the best of the runs.</param>
/// <param name="Median">Of half of the runs, see <see cref="AttainmentSurface.Median"/>.</param>
/// <param name="Worst">Of all runs.</param>
public sealed record AttainmentSeries(string Name, int Runs, StepFunction Best, StepFunction Median, StepFunction Worst)
{
    /// <summary>From the costs and qualities that each run found, dominated ones or not.</summary>
    /// <exception cref="ArgumentException">There are no runs, or a number is not finite.</exception>
    public static AttainmentSeries Of(string name, IReadOnlyList<IReadOnlyList<(double Cost, double Quality)>> runs)
    {
        if (runs.Count == 0) throw new ArgumentException("there are no runs.", nameof(runs));
        IReadOnlyList<ImmutableArray<double>>[] points = [.. runs.Select(run => (ImmutableArray<double>[])[.. run.Select(point => ImmutableArray.Create(point.Cost, -point.Quality))])];
        return new AttainmentSeries(
            name, runs.Count, Quality(AttainmentSurface.Of(points, 1)), Quality(AttainmentSurface.Median(points)), Quality(AttainmentSurface.Of(points, runs.Count)));
    }

    // Surfaces are of minimised objectives.
    private static StepFunction Quality(StepFunction surface) => new(surface.Starts, [.. surface.Values.Select(value => -value)]);
}
