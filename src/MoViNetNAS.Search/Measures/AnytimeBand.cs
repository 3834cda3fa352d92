using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Anytime curves of several seeds as one, on a grid that all share.</summary>
public static class AnytimeBand
{
    /// <summary>The seeds' values at each point of the grid where every one of them has begun.</summary>
    /// <param name="seeds">One curve a seed.</param>
    /// <param name="grid">Amounts of compute, in ascending order.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    /// <remarks>A mean over some of the seeds would move when another begins, so there is none. Past a curve's last step it keeps its value.</remarks>
    public static ImmutableArray<AnytimePoint> Of(IReadOnlyList<StepFunction> seeds, IEnumerable<double> grid)
    {
        if (seeds.Count == 0) throw new ArgumentException("there are no curves.", nameof(seeds));
        var band = ImmutableArray.CreateBuilder<AnytimePoint>();
        foreach (double compute in grid)
        {
            double[] values = [.. seeds.Select(seed => seed.At(compute)).OfType<double>()];
            if (values.Length == seeds.Count) band.Add(new AnytimePoint(compute, SampleSummary.Of(values), values.Min(), values.Max()));
        }

        return band.ToImmutable();
    }

    /// <summary>Every place where one of the curves steps: on it no step of any is lost.</summary>
    public static ImmutableArray<double> CommonGrid(IEnumerable<StepFunction> curves) => [.. curves.SelectMany(curve => curve.Starts).Distinct().Order()];
}
