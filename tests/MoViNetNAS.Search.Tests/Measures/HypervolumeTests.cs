using System.Collections.Immutable;
using FsCheck.Xunit;

namespace MoViNetNAS.Search.Tests;

public sealed class HypervolumeTests
{
    [Fact]
    public void The_worked_example_has_17() => Assert.Equal( // worked out by hand
        17, Hypervolume.Of([Points.Of(1, 5), Points.Of(2, 3), Points.Of(4, 1), Points.Of(3, 4), Points.Of(5, 5)], Points.Of(6, 6)), 12);

    [Property(MaxTest = 200)]
    public void It_is_the_number_of_dominated_cells(ulong seed)
    {
        int objectives = 1 + (int)(seed % 5), size = objectives == 5 ? 4 : 6;
        var points = Points.Draw(seed, (int)(seed % 12), objectives, size + 1); // some outside the reference
        Assert.Equal(Count(points, objectives, size), Hypervolume.Of(points, Reference(objectives, size)), 9);
    }

    [Property(MaxTest = 200)]
    public void What_a_point_adds_is_what_is_lost_without_it(ulong seed)
    {
        int objectives = 1 + (int)(seed % 4);
        var points = Points.Draw(seed, 1 + (int)(seed % 9), objectives, 6);
        double[] alone = Hypervolume.Exclusive(points, Reference(objectives, 5));
        for (int i = 0; i < points.Count; i++)
            Assert.Equal(Count(points, objectives, 5) - Count(points.Where((_, j) => j != i), objectives, 5), alone[i], 9);
    }

    [Property(MaxTest = 100)]
    public void Sweeps_and_the_general_way_agree_on_any_numbers(ulong seed)
    {
        var random = new MoViNetNAS.Spaces.RandomStream(seed);
        foreach (int objectives in new[] { 2, 3 })
        {
            List<ImmutableArray<double>> points = [.. Enumerable.Range(0, 15)
                .Select(_ => Enumerable.Range(0, objectives).Select(_ => random.Uniform(-1, 1)).ToImmutableArray())];
            var reference = Reference(objectives, 2);
            Assert.Equal(Hypervolume.Wfg(points, reference), Hypervolume.Of(points, reference), 9);
        }
    }

    [Property(MaxTest = 100)]
    public void With_two_objectives_it_is_the_area_of_cost_and_quality(ulong seed)
    {
        var points = Points.Draw(seed, 20, 2, 12);
        Assert.Equal(
            ParetoFront.Hypervolume(points, point => point[0], point => -point[1], 10, -10), Hypervolume.Of(points, Points.Of(10, 10)), 9);
    }

    [Fact]
    public void A_point_on_the_reference_adds_nothing_and_no_points_have_none()
    {
        Assert.Equal(0, Hypervolume.Of([Points.Of(0, 6), Points.Of(6, 0), Points.Of(7, 7)], Points.Of(6, 6)));
        Assert.Equal(0, Hypervolume.Of([], Points.Of(6, 6)));
        Assert.Equal([0], Hypervolume.Exclusive([Points.Of(0, 6)], Points.Of(6, 6)));
    }

    [Fact]
    public void What_has_no_volume_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Hypervolume.Of([Points.Of(1, 2, 3)], Points.Of(6, 6)));
        Assert.Throws<ArgumentException>(() => Hypervolume.Of([Points.Of(1, double.NegativeInfinity)], Points.Of(6, 6)));
        Assert.Throws<ArgumentException>(() => Hypervolume.Of([], Points.Of(6, double.PositiveInfinity)));
        Assert.Throws<ArgumentException>(() => Hypervolume.Of([], default));
    }

    private static ImmutableArray<double> Reference(int objectives, int size) => [.. Enumerable.Repeat((double)size, objectives)];

    private static int Count(IEnumerable<ImmutableArray<double>> points, int objectives, int size) =>
        Points.Cells(objectives, size).Count(cell => points.Any(point => point.Zip(cell).All(pair => pair.First <= pair.Second)));
}
