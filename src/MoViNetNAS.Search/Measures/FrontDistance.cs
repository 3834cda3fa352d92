using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>How far a set of points of minimised objectives is from a reference front; less is better.</summary>
/// <remarks>All are means of Euclidean distances in the units of the objectives (not the root of the sum of squares over the count, which other
/// texts use): scale objectives of different units first. Without a known true front, the reference is the front of all methods' points together.</remarks>
public static class FrontDistance
{
    /// <summary>GD: the mean distance of a point to the nearest of the reference.</summary>
    /// <exception cref="ArgumentException">One side is empty, the numbers of objectives differ, or a value is not finite.</exception>
    /// <remarks>Source: Van Veldhuizen 1999, in the mean form.</remarks>
    public static double Generational(IReadOnlyList<ImmutableArray<double>> points, IReadOnlyList<ImmutableArray<double>> reference)
    {
        Require(points, reference);
        return points.Average(point => reference.Min(other => Distance(point, other)));
    }

    /// <summary>IGD: the mean distance of a member of the reference to the nearest point.</summary>
    /// <exception cref="ArgumentException">One side is empty, the numbers of objectives differ, or a value is not finite.</exception>
    /// <remarks>A better set can have a larger one (it is not Pareto compliant). Source: Coello and Reyes Sierra 2004, in the mean form.</remarks>
    public static double InvertedGenerational(IReadOnlyList<ImmutableArray<double>> points, IReadOnlyList<ImmutableArray<double>> reference)
    {
        Require(points, reference);
        return reference.Average(member => points.Min(point => Distance(point, member)));
    }

    /// <summary>IGD+: as <see cref="InvertedGenerational"/>, counting only where a point is worse than the member.</summary>
    /// <exception cref="ArgumentException">One side is empty, the numbers of objectives differ, or a value is not finite.</exception>
    /// <remarks>Weakly Pareto compliant. Source: Ishibuchi et al. 2015.</remarks>
    public static double InvertedGenerationalPlus(IReadOnlyList<ImmutableArray<double>> points, IReadOnlyList<ImmutableArray<double>> reference)
    {
        Require(points, reference);
        return reference.Average(member => points.Min(point => Math.Sqrt(point.Zip(member, (p, m) => Math.Pow(Math.Max(p - m, 0), 2)).Sum())));
    }

    /// <summary>The additive epsilon indicator: the least that, taken from every objective of the points, lets them weakly dominate the whole reference.</summary>
    /// <returns>Below 0 when every member of the reference is beaten in all objectives.</returns>
    /// <exception cref="ArgumentException">One side is empty, the numbers of objectives differ, or a value is not finite.</exception>
    /// <remarks>Source: Zitzler et al. 2003, Performance assessment of multiobjective optimizers, I_eps+.</remarks>
    public static double AdditiveEpsilon(IReadOnlyList<ImmutableArray<double>> points, IReadOnlyList<ImmutableArray<double>> reference)
    {
        Require(points, reference);
        return reference.Max(member => points.Min(point => point.Zip(member, (p, m) => p - m).Max()));
    }

    private static double Distance(ImmutableArray<double> a, ImmutableArray<double> b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static void Require(IReadOnlyList<ImmutableArray<double>> points, IReadOnlyList<ImmutableArray<double>> reference)
    {
        if (points.Count == 0) throw new ArgumentException("there are no points.", nameof(points));
        if (reference.Count == 0) throw new ArgumentException("the reference front is empty.", nameof(reference));
        int objectives = ObjectivePoints.Require(reference, nameof(reference));
        ObjectivePoints.RequireFinite(reference, objectives, nameof(reference));
        ObjectivePoints.RequireFinite(points, objectives, nameof(points));
    }
}
