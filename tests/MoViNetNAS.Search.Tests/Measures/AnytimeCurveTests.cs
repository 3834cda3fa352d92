using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class AnytimeCurveTests
{
    [Fact]
    public void The_best_so_far_steps_only_up()
    {
        var curve = AnytimeCurve.Best([(1, 0.3), (2, 0.2), (2, 0.5), (4, 0.5), (6, 0.7)]);
        Assert.Equal([1, 2, 6], curve.Starts);
        Assert.Equal([0.3, 0.5, 0.7], curve.Values);
        Assert.Null(curve.At(0.9));
        Assert.Equal([0.3, 0.5, 0.5, 0.7, 0.7], new[] { 1.0, 2, 5.9, 6, 100 }.Select(x => curve.At(x)!.Value));
    }

    [Property(MaxTest = 200)]
    public void The_hypervolume_so_far_is_that_of_everything_so_far(ulong seed)
    {
        var points = Points.Draw(seed, 1 + (int)(seed % 15), 3, 6);
        var curve = AnytimeCurve.OfHypervolume([.. points.Select((point, i) => (i / 2.0, point))], Points.Of(5, 5, 5));
        for (int i = 0; i < points.Count; i++)
            Assert.Equal(Hypervolume.Of(points[..(i + 1)], Points.Of(5, 5, 5)), curve.At(i / 2.0)!.Value, 9);
    }

    [Fact]
    public void A_band_begins_where_every_seed_has_begun()
    {
        StepFunction[] seeds = [AnytimeCurve.Best([(1, 0.2), (3, 0.6)]), AnytimeCurve.Best([(2, 0.4)])];
        var grid = AnytimeBand.CommonGrid(seeds);
        Assert.Equal([1, 2, 3], grid);
        var band = AnytimeBand.Of(seeds, grid);
        Assert.Equal([2, 3], band.Select(point => point.Compute));
        Assert.Equal([0.3, 0.5], band.Select(point => Math.Round(point.Values.Mean, 12)));
        Assert.Equal((0.2, 0.4, 2), (band[0].Lowest, band[0].Highest, band[0].Values.Count));
        Assert.Throws<ArgumentException>(() => AnytimeBand.Of([], grid));
    }

    [Fact]
    public void Compute_that_falls_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AnytimeCurve.Best([(2, 0.1), (1, 0.2)]));
        Assert.Throws<ArgumentException>(() => AnytimeCurve.Best([(1, double.NaN)]));
        Assert.Throws<ArgumentException>(() => AnytimeCurve.OfHypervolume([(1, Points.Of(1, 1))], Points.Of(5, 5, 5)));
        Assert.Throws<ArgumentException>(() => new StepFunction([1, 1], [2, 3]));
        Assert.Throws<ArgumentException>(() => new StepFunction([1], [2, 3]));
    }

    [Property(MaxTest = 200)]
    public void A_budget_buys_the_best_of_what_it_can_pay(ulong seed)
    {
        var random = new RandomStream(seed);
        (double Cost, double Quality, int Id)[] items = [.. Enumerable.Range(0, (int)(seed % 20)).Select(i => ((double)random.Below(8), (double)random.Below(8), i + 1))];
        foreach (var row in BudgetTable.Of(items, item => item.Cost, item => item.Quality, [-1, 0, 3, 7]))
        {
            var paid = items.Where(item => item.Cost <= row.Budget).ToArray();
            Assert.Equal(paid.Length, row.Count);
            Assert.Equal(paid.OrderByDescending(item => item.Quality).ThenBy(item => item.Cost).ThenBy(item => item.Id).FirstOrDefault(), row.Best);
        }
    }

    [Fact]
    public void A_budget_that_is_no_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => BudgetTable.Of(new[] { 1.0 }, item => item, item => item, [double.NaN]));
}
