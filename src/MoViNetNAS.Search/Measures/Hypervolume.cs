using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>The volume that points of minimised objectives dominate within a reference point; larger is better.</summary>
/// <remarks>Fix the reference before a comparison and store it with the result: only values with the same one can be compared. Scale
/// objectives of different units first. Points that are not below the reference in every objective add nothing.
/// Source: Zitzler and Thiele 1998; three objectives as a sweep over a staircase (Beume et al. 2009); more by WFG (While, Bradstreet and Barone 2012).</remarks>
public static class Hypervolume
{
    /// <summary>The volume that <paramref name="points"/> dominate; 0 when there are none. Two and three objectives cost a sort and a sweep;
    /// more may cost time exponential in their number.</summary>
    /// <param name="points">Objectives, all minimised and finite.</param>
    /// <param name="reference">The worst corner, finite.</param>
    /// <exception cref="ArgumentException">The numbers of objectives differ, or a value is not finite.</exception>
    public static double Of(IReadOnlyList<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        Require(points, reference);
        return Within([.. points.Where(point => IsInside(point, reference))], reference);
    }

    /// <summary>The part of the volume that each point alone dominates: what would be lost without it. 0 for dominated and doubled points.</summary>
    /// <param name="points">Objectives, all minimised and finite.</param>
    /// <param name="reference">The worst corner, finite.</param>
    /// <exception cref="ArgumentException">The numbers of objectives differ, or a value is not finite.</exception>
    /// <remarks>As the box of the point without what the others dominate in it: no small difference of two large volumes.</remarks>
    public static double[] Exclusive(IReadOnlyList<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        Require(points, reference);
        double[] alone = new double[points.Count];
        for (int i = 0; i < points.Count; i++)
        {
            if (!IsInside(points[i], reference)) continue;
            var others = Enumerable.Range(0, points.Count).Where(j => j != i && IsInside(points[j], reference)).Select(j => Limit(points[j], points[i]));
            alone[i] = Math.Max(0, Box(points[i], reference) - Within([.. others], reference));
        }

        return alone;
    }

    /// <summary>By WFG, whatever the number of objectives; all points are within the reference.</summary>
    internal static double Wfg(List<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        points = NonDominated(points);
        // Worst last objective first: the limited sets of later points then collapse to few.
        points.Sort((a, b) => b[^1].CompareTo(a[^1]));
        double volume = 0;
        for (int i = 0; i < points.Count; i++)
        {
            var rest = points.Skip(i + 1).Select(other => Limit(other, points[i])).ToList();
            volume += Box(points[i], reference) - (rest.Count == 0 ? 0 : Wfg(rest, reference));
        }

        return volume;
    }

    private static double Within(List<ImmutableArray<double>> points, ImmutableArray<double> reference) => reference.Length switch
    {
        _ when points.Count == 0 => 0,
        1 => reference[0] - points.Min(point => point[0]),
        2 => Area(points, reference),
        3 => Sweep(points, reference),
        _ => Wfg(points, reference),
    };

    private static double Area(List<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        double area = 0, reached = reference[1];
        foreach (var point in points.OrderBy(point => point[0]).ThenBy(point => point[1]))
        {
            if (point[1] >= reached) continue;
            area += (reference[0] - point[0]) * (reached - point[1]);
            reached = point[1];
        }

        return area;
    }

    private static double Sweep(List<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        var stairs = new HypervolumeStairs(reference[0], reference[1]);
        double volume = 0, depth = 0;
        foreach (var point in points.OrderBy(point => point[2]))
        {
            volume += stairs.Area * (point[2] - depth);
            depth = point[2];
            stairs.Add(point[0], point[1]);
        }

        return volume + stairs.Area * (reference[2] - depth);
    }

    private static List<ImmutableArray<double>> NonDominated(List<ImmutableArray<double>> points)
    {
        var kept = new List<ImmutableArray<double>>(points.Count);
        foreach (var point in points)
        {
            if (kept.Exists(known => Dominance.IsWeak(known, point))) continue;
            kept.RemoveAll(known => Dominance.IsWeak(point, known));
            kept.Add(point);
        }

        return kept;
    }

    private static ImmutableArray<double> Limit(ImmutableArray<double> point, ImmutableArray<double> by) => [.. point.Zip(by, Math.Max)];

    private static double Box(ImmutableArray<double> point, ImmutableArray<double> reference)
    {
        double volume = 1;
        for (int k = 0; k < reference.Length; k++) volume *= reference[k] - point[k];
        return volume;
    }

    private static bool IsInside(ImmutableArray<double> point, ImmutableArray<double> reference)
    {
        for (int k = 0; k < reference.Length; k++)
        {
            if (point[k] >= reference[k]) return false;
        }

        return true;
    }

    private static void Require(IReadOnlyList<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        ObjectivePoints.RequireFinite([reference], reference.IsDefault ? 0 : reference.Length, nameof(reference));
        ObjectivePoints.RequireFinite(points, reference.Length, nameof(points));
    }
}
