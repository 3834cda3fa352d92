using System.Collections.Immutable;
using FsCheck.Xunit;

namespace MoViNetNAS.Search.Tests;

public sealed class AttainmentSurfaceTests
{
    [Property(MaxTest = 200)]
    public void A_place_is_under_the_surface_exactly_when_that_many_runs_attain_it(ulong seed)
    {
        int count = 1 + (int)(seed % 5);
        List<IReadOnlyList<ImmutableArray<double>>> runs = [.. Enumerable.Range(0, count).Select(i => Points.Draw(seed + (ulong)i, (int)((seed + (ulong)i) % 7), 2, 6))];
        for (int k = 1; k <= count; k++)
        {
            var surface = AttainmentSurface.Of(runs, k);
            foreach (var place in Points.Cells(2, 7))
            {
                int attained = runs.Count(run => run.Any(point => point[0] <= place[0] && point[1] <= place[1]));
                Assert.Equal(attained >= k, surface.At(place[0]) is { } height && height <= place[1]);
            }
        }
    }

    [Fact]
    public void The_median_of_three_runs_by_hand()
    {
        IReadOnlyList<ImmutableArray<double>>[] runs = [[Points.Of(1, 4), Points.Of(3, 1)], [Points.Of(2, 3)], [Points.Of(2, 5), Points.Of(4, 2)]];
        var median = AttainmentSurface.Median(runs);
        Assert.Equal([2, 3, 4], median.Starts);
        Assert.Equal([4, 3, 2], median.Values);
        Assert.Equal([1, 2, 3], AttainmentSurface.Of(runs, 1).Starts);
        Assert.Equal([4, 3, 1], AttainmentSurface.Of(runs, 1).Values);
        Assert.Equal([2, 4], AttainmentSurface.Of(runs, 3).Starts);
        Assert.Equal([5, 3], AttainmentSurface.Of(runs, 3).Values);
    }

    [Fact]
    public void More_runs_than_there_are_attain_nothing_and_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AttainmentSurface.Of([[Points.Of(1, 1)]], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttainmentSurface.Of([[Points.Of(1, 1)]], 0));
        Assert.Throws<ArgumentException>(() => AttainmentSurface.Of([[Points.Of(1, 1, 1)]], 1));
        Assert.Empty(AttainmentSurface.Of([[Points.Of(1, 1)], []], 2).Starts);
    }
}
