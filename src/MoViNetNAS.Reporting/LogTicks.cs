namespace MoViNetNAS.Reporting;

/// <summary>Where a logarithmic axis has its ticks: few enough to read, at least three, whatever the range.</summary>
internal static class LogTicks
{
    private const int Fewest = 4, Most = 9;

    // Multiples within a decade, from coarse to fine.
    private static readonly double[][] Multiples = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]];

    /// <summary>Values of the labelled ticks between 10^<paramref name="low"/> and 10^<paramref name="high"/>.</summary>
    public static IReadOnlyList<double> Major(double low, double high)
    {
        foreach (double[] multiples in Multiples)
        {
            var ticks = OfDecades(low, high, multiples);
            if (ticks.Count >= Fewest) return Thin(ticks, low, high);
        }

        // Narrower than about a third of a decade: equal steps, of which the eye sees no curvature.
        double from = Math.Pow(10, low), to = Math.Pow(10, high), step = NiceStep((to - from) / 5);
        var equal = new List<double>();
        for (double i = Math.Ceiling(from / step); i * step <= to; i++) equal.Add(i * step);
        return equal;
    }

    /// <summary>Values of the small ticks: 1, 2, ... 9 of every decade.</summary>
    public static IReadOnlyList<double> Minor(double low, double high) =>
        high - low > 4 ? [] : OfDecades(low, high, [1, 2, 3, 4, 5, 6, 7, 8, 9]);

    private static List<double> OfDecades(double low, double high, double[] multiples)
    {
        var ticks = new List<double>();
        for (int decade = (int)Math.Floor(low); decade <= (int)Math.Ceiling(high); decade++)
        {
            foreach (double multiple in multiples)
            {
                double value = multiple * Math.Pow(10, decade);
                if (Math.Log10(value) >= low && Math.Log10(value) <= high) ticks.Add(value);
            }
        }

        return ticks;
    }

    // Labels need a ninth of the axis each.
    private static List<double> Thin(List<double> ticks, double low, double high)
    {
        var kept = new List<double>();
        foreach (double tick in ticks)
            if (kept.Count == 0 || Math.Log10(tick / kept[^1]) >= (high - low) / Most) kept.Add(tick);
        return kept;
    }

    private static double NiceStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough))), digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }
}
