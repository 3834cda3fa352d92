using System.Collections.Immutable;
using MathNet.Numerics;
using MathNet.Numerics.LinearRegression;
using MathNet.Numerics.Statistics;

namespace MoViNetNAS.Search;

/// <summary>Makes a <see cref="LatencyTable"/> of measured networks, and says how well it tells the time of others.</summary>
public static class LatencyFit
{
    /// <summary>Fits a table: the median of each operation over the networks that have it, a line for each part where an operation is
    /// missing, and a line from the sum of a network's operations to its whole time.</summary>
    /// <param name="origin">Of which networks, and where.</param>
    /// <param name="networks">At least one, each with an operation of every part that is to be known.</param>
    public static LatencyTable Of(LatencyOrigin origin, IReadOnlyList<MeasuredNetwork> networks)
    {
        var entries = networks
            .SelectMany(network => network.Operations.Zip(network.OperationMs))
            .GroupBy(pair => pair.First, pair => pair.Second)
            .ToImmutableDictionary(group => group.Key, group => group.Median());
        var lines = entries
            .OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal)
            .GroupBy(entry => entry.Key.Part)
            .ToImmutableDictionary(part => part.Key, part => Line(
                [.. part.Select(entry => (double)OperationKeys.Work(entry.Key, origin.Variant, origin.Classes))], [.. part.Select(entry => entry.Value)]));
        var table = new LatencyTable(origin, entries, lines, new LatencyLine(0, 1), null);
        var calibration = Line([.. networks.Select(network => network.Operations.Sum(table.Of))], [.. networks.Select(network => network.WholeMs)]);
        return new LatencyTable(origin, entries, lines, calibration, null);
    }

    /// <summary><paramref name="table"/> with what it is worth on <paramref name="others"/>, at least two networks that it was not fitted on.</summary>
    public static LatencyTable Validated(LatencyTable table, IReadOnlyList<MeasuredNetwork> others)
    {
        double[] predicted = [.. others.Select(network => table.Whole(network.Operations.Sum(table.Of)))];
        double[] measured = [.. others.Select(network => network.WholeMs)];
        return new LatencyTable(table.Origin, table.Entries, table.Lines, table.Calibration, new LatencyValidation(
            others.Count, GoodnessOfFit.CoefficientOfDetermination(predicted, measured),
            predicted.Zip(measured, (p, m) => Math.Abs(p - m) / m).Average(), predicted.Zip(measured, (p, m) => Math.Abs(p - m)).Average(),
            measured.Min(), measured.Max()));
    }

    /// <summary>What a line over one number of each network explains: R2 on <paramref name="others"/> of the line that fits <paramref name="fitted"/>.</summary>
    /// <param name="fitted">The number, for example multiply-adds, and milliseconds.</param>
    /// <param name="others">Likewise; at least two.</param>
    public static double R2OfLine(IReadOnlyList<(double X, double Ms)> fitted, IReadOnlyList<(double X, double Ms)> others)
    {
        var line = Line([.. fitted.Select(network => network.X)], [.. fitted.Select(network => network.Ms)]);
        return GoodnessOfFit.CoefficientOfDetermination(others.Select(network => line.At(network.X)), others.Select(network => network.Ms));
    }

    // Least squares. Where that says nothing (fewer than three different x, time that falls with work or is none), a line through 0.
    private static LatencyLine Line(double[] x, double[] ms)
    {
        if (x.Distinct().Count() >= 3)
        {
            var (intercept, slope) = SimpleRegression.Fit(x, ms);
            if (slope > 0 && intercept + slope * x.Min() > 0) return new LatencyLine(intercept, slope);
        }

        return new LatencyLine(0, ms.Average() / x.Average());
    }
}
