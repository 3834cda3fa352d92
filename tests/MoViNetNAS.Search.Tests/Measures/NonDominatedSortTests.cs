using System.Collections.Immutable;
using FsCheck.Xunit;

namespace MoViNetNAS.Search.Tests;

public sealed class NonDominatedSortTests
{
    [Property(MaxTest = 200)]
    public void A_rank_is_the_longest_chain_of_dominating_points(ulong seed)
    {
        var points = Points.Draw(seed, (int)(seed % 40), 2 + (int)(seed % 3), 6);
        int[] ranks = NonDominatedSort.Ranks(points);
        int[] chains = new int[points.Count];
        // A dominating point has a smaller sum, so in this order every dominator comes first.
        foreach (int i in Enumerable.Range(0, points.Count).OrderBy(i => points[i].Sum()))
            chains[i] = Enumerable.Range(0, points.Count).Where(j => Dominates(points[j], points[i])).Select(j => chains[j] + 1).DefaultIfEmpty(0).Max();
        Assert.Equal(chains, ranks);
    }

    [Property(MaxTest = 200)]
    public void The_first_front_is_the_pareto_front_of_cost_and_quality(ulong seed)
    {
        var points = Points.Draw(seed, 30, 2, 12).Distinct(SameValues.Instance).ToList();
        int[] ranks = NonDominatedSort.Ranks(points);
        var front = ParetoFront.Of(points, point => point[0], point => -point[1]);
        Assert.Equal(front, points.Where((_, i) => ranks[i] == 0).OrderBy(point => point[0]));
    }

    [Fact]
    public void Equal_points_share_a_rank_and_infinite_ones_come_last() => Assert.Equal(
        [0, 0, 1, 2], NonDominatedSort.Ranks([Points.Of(1, 2), Points.Of(1, 2), Points.Of(1, 3), Points.Of(1, double.PositiveInfinity)]));

    [Fact]
    public void Crowding_equals_the_worked_example() => Assert.Equal( // worked out by hand
        [double.PositiveInfinity, 1.25, 1.25, double.PositiveInfinity],
        NonDominatedSort.Crowding([Points.Of(1, 5), Points.Of(2, 3), Points.Of(3, 2), Points.Of(5, 1)]));

    [Property(MaxTest = 200)]
    public void Crowding_of_distinct_values_is_the_box_between_neighbours(ulong seed)
    {
        var random = new MoViNetNAS.Spaces.RandomStream(seed);
        int count = 3 + (int)(seed % 10);
        int[][] columns = [random.Permutation(count), random.Permutation(count), random.Permutation(count)];
        List<ImmutableArray<double>> points = [.. Enumerable.Range(0, count).Select(i => columns.Select(column => (double)column[i]).ToImmutableArray())];
        double[] crowding = NonDominatedSort.Crowding(points);
        for (int i = 0; i < count; i++)
        {
            // Values are 0 ... count - 1, each once: neighbours are one below and one above.
            bool isEnd = columns.Any(column => column[i] == 0 || column[i] == count - 1);
            Assert.Equal(isEnd ? double.PositiveInfinity : 3 * 2.0 / (count - 1), crowding[i], 12);
        }
    }

    [Fact]
    public void An_objective_without_range_crowds_nobody_and_two_points_are_ends()
    {
        double inf = double.PositiveInfinity;
        Assert.Equal([inf, 1, inf], NonDominatedSort.Crowding([Points.Of(1, 7), Points.Of(2, 7), Points.Of(3, 7)]));
        Assert.Equal([0, 0, 0], NonDominatedSort.Crowding([Points.Of(1, 1), Points.Of(1, 1), Points.Of(1, 1)]));
        Assert.Equal([inf, inf], NonDominatedSort.Crowding([Points.Of(1, 1), Points.Of(1, 1)]));
        Assert.Empty(NonDominatedSort.Crowding([]));
    }

    [Fact]
    public void Points_that_cannot_be_compared_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NonDominatedSort.Ranks([Points.Of(1, 2), Points.Of(1)]));
        Assert.Throws<ArgumentException>(() => NonDominatedSort.Ranks([Points.Of(1, double.NaN)]));
        Assert.Throws<ArgumentException>(() => NonDominatedSort.Crowding([Points.Of(1, double.PositiveInfinity)]));
    }

    [Fact]
    public void Epsilon_dominance_forgives_as_much_as_it_says()
    {
        var (a, b) = (Points.Of(2, 3), Points.Of(1, 4));
        Assert.False(Dominance.Is(a, b) || Dominance.Is(b, a) || Dominance.Is(a, a));
        Assert.True(Dominance.IsWeak(a, a));
        Assert.True(Dominance.IsEpsilon(a, b, Points.Of(1, 0)));
        Assert.False(Dominance.IsEpsilon(a, b, Points.Of(0.9, 5)));
        Assert.Throws<ArgumentException>(() => Dominance.IsEpsilon(a, b, Points.Of(-1, 0)));
        Assert.Throws<ArgumentException>(() => Dominance.IsEpsilon(a, b, Points.Of(1)));
    }

    private static bool Dominates(ImmutableArray<double> a, ImmutableArray<double> b) =>
        a.Zip(b).All(pair => pair.First <= pair.Second) && a.Zip(b).Any(pair => pair.First < pair.Second);

    private sealed class SameValues : IEqualityComparer<ImmutableArray<double>>
    {
        public static readonly SameValues Instance = new();

        public bool Equals(ImmutableArray<double> x, ImmutableArray<double> y) => x.SequenceEqual(y);

        public int GetHashCode(ImmutableArray<double> point) => point.Sum().GetHashCode();
    }
}
