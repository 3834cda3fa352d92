using System.Collections.Immutable;
using FsCheck.Xunit;

namespace MoViNetNAS.Search.Tests;

public sealed class FrontDistanceTests
{
    private static readonly ImmutableArray<double>[] Reference = [Points.Of(1, 5), Points.Of(2, 3), Points.Of(4, 1)];
    private static readonly ImmutableArray<double>[] Approximation = [Points.Of(2, 4), Points.Of(4, 2)];

    [Fact]
    public void The_worked_examples() // worked out by hand
    {
        Assert.Equal(1.138071, FrontDistance.InvertedGenerational(Approximation, Reference), 6);
        Assert.Equal(1.0, FrontDistance.Generational(Approximation, Reference), 12);
        Assert.Equal(1.0, FrontDistance.InvertedGenerationalPlus(Approximation, Reference), 12);
    }

    [Property(MaxTest = 200)]
    public void The_additive_epsilon_is_the_least_that_lets_every_member_be_dominated(ulong seed)
    {
        var (points, reference) = (Points.Draw(seed, 1 + (int)(seed % 6), 3, 6), Points.Draw(seed + 1, 1 + (int)(seed % 5), 3, 6));
        double epsilon = FrontDistance.AdditiveEpsilon(points, reference);
        bool Covers(double by) => reference.All(member => points.Any(point => point.Zip(member).All(pair => pair.First - by <= pair.Second)));
        Assert.True(Covers(epsilon));
        Assert.False(Covers(epsilon - 1)); // whole numbers
    }

    [Property(MaxTest = 200)]
    public void A_set_is_at_no_distance_from_itself_and_better_points_never_raise_igd_plus(ulong seed)
    {
        var (points, reference) = (Points.Draw(seed, 5, 3, 6), Points.Draw(seed + 1, 5, 3, 6));
        Assert.Equal(0, FrontDistance.Generational(points, points));
        Assert.Equal(0, FrontDistance.InvertedGenerational(points, points));
        Assert.Equal(0, FrontDistance.AdditiveEpsilon(points, points));
        double before = FrontDistance.InvertedGenerationalPlus(points, reference);
        ImmutableArray<double>[] better = [.. points.Select(point => point.SetItem(0, point[0] - 1))];
        Assert.True(FrontDistance.InvertedGenerationalPlus(better, reference) <= before);
        Assert.True(before <= FrontDistance.InvertedGenerational(points, reference) + 1e-12);
    }

    [Fact]
    public void An_empty_side_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FrontDistance.Generational([], Reference));
        Assert.Throws<ArgumentException>(() => FrontDistance.InvertedGenerational(Approximation, []));
        Assert.Throws<ArgumentException>(() => FrontDistance.AdditiveEpsilon([Points.Of(1)], Reference));
    }
}
