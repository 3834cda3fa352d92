using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>The best trade-offs between a cost (less is better) and a quality (more is better).</summary>
public static class ParetoFront
{
    /// <summary>Whether a is at least as good in both and better in one: equal points do not dominate each other.</summary>
    public static bool Dominates(double costA, double qualityA, double costB, double qualityB) =>
        costA <= costB && qualityA >= qualityB && (costA < costB || qualityA > qualityB);

    /// <summary>The items that no other dominates, cheapest first; of items equal in both, the first. O(n log n).</summary>
    /// <exception cref="ArgumentException">A cost or quality is not a number.</exception>
    public static ImmutableArray<T> Of<T>(IEnumerable<T> items, Func<T, double> cost, Func<T, double> quality)
    {
        T[] all = items as T[] ?? [.. items];
        double[] costs = [.. all.Select(cost)], qualities = [.. all.Select(quality)];
        int notNumber = Enumerable.Range(0, all.Length).FirstOrDefault(i => double.IsNaN(costs[i]) || double.IsNaN(qualities[i]), -1);
        if (notNumber >= 0)
            throw new ArgumentException($"item {notNumber} has cost {costs[notNumber]} and quality {qualities[notNumber]}: both must be numbers.", nameof(items));

        int[] order = [.. Enumerable.Range(0, all.Length)];
        Array.Sort(costs, order);
        var front = ImmutableArray.CreateBuilder<T>();
        double reached = double.NegativeInfinity;
        for (int start = 0, end; start < order.Length; start = end)
        {
            int best = order[start];
            for (end = start + 1; end < order.Length && costs[end] == costs[start]; end++)
            {
                int other = order[end];
                if (qualities[other] > qualities[best] || (qualities[other] == qualities[best] && other < best)) best = other;
            }

            if (qualities[best] <= reached && front.Count > 0) continue;
            reached = qualities[best];
            front.Add(all[best]);
        }

        return front.ToImmutable();
    }

    /// <summary>The area that the items dominate within the reference point; items not better than it in both add nothing.</summary>
    /// <remarks>Sum over the front, cheapest first, of (reference cost - cost) x gain in quality. Compare only values with the same
    /// reference. Source: Zitzler and Thiele 1998, hypervolume in two dimensions.</remarks>
    public static double Hypervolume<T>(
        IEnumerable<T> items, Func<T, double> cost, Func<T, double> quality, double referenceCost, double referenceQuality)
    {
        double area = 0, reached = referenceQuality;
        foreach (var item in Of(items, cost, quality))
        {
            double gain = quality(item) - reached, width = referenceCost - cost(item);
            if (gain <= 0 || width <= 0) continue;
            area += width * gain;
            reached = quality(item);
        }

        return area;
    }

    /// <summary>The item of the front farthest above the line through its ends, cost as log10, both axes scaled to [0, 1].</summary>
    /// <remarks>When none is above the line, its cheaper end.</remarks>
    /// <exception cref="ArgumentException">There are no items, or a cost on the front is not above 0.</exception>
    public static T Knee<T>(IEnumerable<T> items, Func<T, double> cost, Func<T, double> quality)
    {
        var front = Of(items, cost, quality);
        if (front.IsEmpty) throw new ArgumentException("there are no items.", nameof(items));
        if (cost(front[0]) <= 0) throw new ArgumentException($"costs must be above 0, not {cost(front[0])}.", nameof(items));
        double lowCost = Math.Log10(cost(front[0])), costRange = Math.Log10(cost(front[^1])) - lowCost;
        double lowQuality = quality(front[0]), qualityRange = quality(front[^1]) - lowQuality;
        // In scaled axes the line is y = x, and y - x is the distance from it times the root of 2.
        return front.Length < 3 ? front[0] : front.MaxBy(item =>
            (quality(item) - lowQuality) / qualityRange - (Math.Log10(cost(item)) - lowCost) / costRange)!;
    }
}
