using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class ParetoFrontTests
{
    private readonly record struct P(double Cost, double Quality, int Id = 0);

    private static P[] Front(IEnumerable<P> points) => [.. ParetoFront.Of(points, p => p.Cost, p => p.Quality)];

    private static P[] Points(ulong seed, int count)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(i => new P(random.Below(20), random.Below(20), i))]; // many ties
    }

    [Property(MaxTest = 200)]
    public void The_front_is_what_all_pairs_say(ulong seed)
    {
        var points = Points(seed, 1 + (int)(seed % 60));
        P[] expected = [.. points
            .Where(p => !points.Any(q => ParetoFront.Dominates(q.Cost, q.Quality, p.Cost, p.Quality)))
            .GroupBy(p => (p.Cost, p.Quality)).Select(same => same.First()).OrderBy(p => p.Cost)];
        Assert.Equal(expected, Front(points));
    }

    [Property(MaxTest = 200)]
    public void Adding_a_dominated_point_changes_nothing(ulong seed)
    {
        var points = Points(seed, 30);
        var front = Front(points);
        var member = front[(int)(seed % (ulong)front.Length)];
        Assert.Equal(front, Front([.. points, new P(member.Cost + 1, member.Quality - 1, 99)]));
        Assert.Equal(front, Front([.. points, member with { Id = 99 }]));
    }

    [Fact]
    public void Hypervolume_equals_the_worked_example()
    {
        // Worked out by hand, as minimisation of both: quality = -f2.
        P[] points = [new(1, -5), new(2, -3), new(4, -1), new(3, -4), new(5, -5)];
        Assert.Equal([new(1, -5), new(2, -3), new(4, -1)], Front(points));
        Assert.Equal(17, ParetoFront.Hypervolume(points, p => p.Cost, p => p.Quality, 6, -6), 12);
        Assert.Equal(0, ParetoFront.Hypervolume(points, p => p.Cost, p => p.Quality, 1, -1), 12);
    }

    [Fact]
    public void The_knee_is_farthest_above_the_line_between_the_ends()
    {
        P[] points = [new(1e9, 0.50), new(1e10, 0.80), new(1e11, 0.85), new(1e12, 0.90)];
        Assert.Equal(points[1], ParetoFront.Knee(points, p => p.Cost, p => p.Quality));
        Assert.Equal(points[0], ParetoFront.Knee(points[..2], p => p.Cost, p => p.Quality));
        Assert.Throws<ArgumentException>(() => ParetoFront.Knee(Array.Empty<P>(), p => p.Cost, p => p.Quality));
    }

    [Fact]
    public void What_is_not_a_number_is_refused() => Assert.Throws<ArgumentException>(() => Front([new(1, double.NaN)]));
}
