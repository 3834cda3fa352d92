using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Sorts points of minimised objectives into fronts, and says how crowded the points of a front are.</summary>
/// <remarks>Source: Deb et al. 2002, A fast and elitist multiobjective genetic algorithm: NSGA-II, sections III.A and III.B.</remarks>
public static class NonDominatedSort
{
    /// <summary>The front of each point: 0 for what no point dominates, 1 for what only points of front 0 dominate, and so on. O(m n^2).</summary>
    /// <param name="points">Objectives, all minimised; the same number in each point. May be infinite.</param>
    /// <exception cref="ArgumentException">The numbers of objectives differ, or a value is not a number.</exception>
    public static int[] Ranks(IReadOnlyList<ImmutableArray<double>> points)
    {
        ObjectivePoints.Require(points, nameof(points));
        int[] ranks = new int[points.Count], dominators = new int[points.Count];
        var dominated = new List<int>[points.Count];
        for (int i = 0; i < points.Count; i++) dominated[i] = [];
        for (int i = 0; i < points.Count; i++)
        {
            for (int j = i + 1; j < points.Count; j++)
            {
                if (Dominance.Is(points[i], points[j])) Note(i, j);
                else if (Dominance.Is(points[j], points[i])) Note(j, i);
            }
        }

        var front = Enumerable.Range(0, points.Count).Where(i => dominators[i] == 0).ToList();
        for (int rank = 0; front.Count > 0; rank++)
        {
            var next = new List<int>();
            foreach (int i in front)
            {
                ranks[i] = rank;
                foreach (int j in dominated[i])
                {
                    if (--dominators[j] == 0) next.Add(j);
                }
            }

            front = next;
        }

        return ranks;

        void Note(int better, int worse)
        {
            dominated[better].Add(worse);
            dominators[worse]++;
        }
    }

    /// <summary>The crowding distance of each point of one front: larger is lonelier, the ends of each objective are infinite.</summary>
    /// <param name="points">Objectives of the points of ONE front, all minimised and finite.</param>
    /// <returns>Sum over objectives of (next - previous) / (largest - smallest); an objective in which all are equal adds nothing and
    /// has no ends. Of points equal in an objective the one that comes first counts as the smaller. One or two points are all ends.</returns>
    /// <exception cref="ArgumentException">The numbers of objectives differ, or a value is not finite.</exception>
    public static double[] Crowding(IReadOnlyList<ImmutableArray<double>> points)
    {
        int objectives = ObjectivePoints.Require(points, nameof(points));
        ObjectivePoints.RequireFinite(points, objectives, nameof(points));
        double[] distances = new double[points.Count];
        if (points.Count <= 2)
        {
            Array.Fill(distances, double.PositiveInfinity);
            return distances;
        }

        for (int k = 0; k < objectives; k++)
        {
            int[] order = [.. Enumerable.Range(0, points.Count).OrderBy(i => points[i][k])]; // stable
            double range = points[order[^1]][k] - points[order[0]][k];
            if (range == 0) continue;
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (int i = 1; i < order.Length - 1; i++) distances[order[i]] += (points[order[i + 1]][k] - points[order[i - 1]][k]) / range;
        }

        return distances;
    }
}
