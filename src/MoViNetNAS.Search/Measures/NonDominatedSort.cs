using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Ranks points of several objectives, all minimised, by how many layers of better ones lie before them.</summary>
/// <remarks>Source: Deb, Pratap, Agarwal and Meyarivan 2002, A fast and elitist multiobjective genetic algorithm: NSGA-II, section III.</remarks>
public static class NonDominatedSort
{
    /// <summary>The rank of each point: 0 for those that no other dominates, 1 for those that only points of rank 0 dominate, and so on. O(m n^2).</summary>
    /// <param name="points">Each the objectives of one point, minimised.</param>
    /// <exception cref="ArgumentException">The points differ in their number of objectives, or a value is not a number.</exception>
    public static int[] Ranks(IReadOnlyList<ImmutableArray<double>> points)
    {
        Check(points);
        int[] ranks = new int[points.Count], dominators = new int[points.Count];
        var dominated = new List<int>[points.Count];
        for (int a = 0; a < points.Count; a++)
        {
            dominated[a] = [];
            for (int b = 0; b < points.Count; b++)
            {
                if (Dominates(points[a], points[b])) dominated[a].Add(b);
                else if (Dominates(points[b], points[a])) dominators[a]++;
            }
        }

        var front = Enumerable.Range(0, points.Count).Where(i => dominators[i] == 0).ToList();
        for (int rank = 0; front.Count > 0; rank++)
        {
            var next = new List<int>();
            foreach (int i in front)
            {
                ranks[i] = rank;
                next.AddRange(dominated[i].Where(other => --dominators[other] == 0));
            }

            front = next;
        }

        return ranks;
    }

    /// <summary>How much room each point of one front has: for each objective the distance between its two neighbours as a share of the
    /// front's range, summed; infinite for a front's ends.</summary>
    /// <param name="points">The objectives of the points of one front.</param>
    /// <exception cref="ArgumentException">The points differ in their number of objectives, or a value is not a number.</exception>
    public static double[] Crowding(IReadOnlyList<ImmutableArray<double>> points)
    {
        Check(points);
        double[] room = new double[points.Count];
        for (int m = 0; points.Count > 0 && m < points[0].Length; m++)
        {
            int objective = m;
            int[] order = [.. Enumerable.Range(0, points.Count).OrderBy(i => points[i][objective])];
            double range = points[order[^1]][m] - points[order[0]][m];
            room[order[0]] = room[order[^1]] = double.PositiveInfinity;
            if (range == 0) continue;
            for (int i = 1; i < order.Length - 1; i++) room[order[i]] += (points[order[i + 1]][m] - points[order[i - 1]][m]) / range;
        }

        return room;
    }

    private static bool Dominates(ImmutableArray<double> a, ImmutableArray<double> b)
    {
        bool isBetter = false;
        for (int m = 0; m < a.Length; m++)
        {
            if (a[m] > b[m]) return false;
            isBetter |= a[m] < b[m];
        }

        return isBetter;
    }

    private static void Check(IReadOnlyList<ImmutableArray<double>> points)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (points[i].Length != points[0].Length)
                throw new ArgumentException($"point {i} has {points[i].Length} objectives, point 0 has {points[0].Length}.", nameof(points));
            if (points[i].Any(double.IsNaN)) throw new ArgumentException($"point {i} has an objective that is not a number.", nameof(points));
        }
    }
}
