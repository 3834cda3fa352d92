using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What the measures ask of points of minimised objectives.</summary>
internal static class ObjectivePoints
{
    /// <summary>The number of objectives, the same in all points; 0 when there are no points.</summary>
    /// <exception cref="ArgumentException">A point has no objectives, another number of them than the first, or one that is not a number.</exception>
    public static int Require(IReadOnlyList<ImmutableArray<double>> points, string name)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (points[i].IsDefaultOrEmpty) throw new ArgumentException($"point {i} has no objectives.", name);
            if (points[i].Length != points[0].Length)
                throw new ArgumentException($"point {i} has {points[i].Length} objectives, point 0 has {points[0].Length}.", name);
            if (points[i].Any(double.IsNaN)) throw new ArgumentException($"point {i} has an objective that is not a number.", name);
        }

        return points.Count == 0 ? 0 : points[0].Length;
    }

    /// <summary>As <see cref="Require"/>, of points that are the same kind as a reference of <paramref name="objectives"/> objectives.</summary>
    /// <exception cref="ArgumentException">As there, or the numbers of objectives differ, or a value is infinite.</exception>
    public static void RequireFinite(IReadOnlyList<ImmutableArray<double>> points, int objectives, string name)
    {
        int found = Require(points, name);
        if (points.Count > 0 && found != objectives) throw new ArgumentException($"the points have {found} objectives, not {objectives}.", name);
        for (int i = 0; i < points.Count; i++)
        {
            if (!points[i].All(double.IsFinite)) throw new ArgumentException($"point {i} has an infinite objective.", name);
        }
    }
}
