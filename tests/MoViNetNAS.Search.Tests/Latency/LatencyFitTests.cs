using System.Collections.Immutable;
using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class LatencyFitTests
{
    private const int Classes = 10;
    private static readonly NetworkVariant Variant = NetworkVariant.Causal;

    // Seeds are fixed, because R2 of a hundred networks is itself a draw: one seed in a hundred or so gives 0.988.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Times_of_networks_that_were_not_measured_are_told_in_spite_of_noise(int seed)
    {
        var space = TestSpaces.Tiny;
        var random = new RandomStream((ulong)seed);
        var cover = new OperationCover(space, 16);
        MeasuredNetwork[] fitted = [.. cover.Choose(random, 5).Select(genotype => SyntheticLatency.Measure(space, genotype, Variant, Classes, random, 0.02))];
        var table = LatencyFit.Of(SyntheticLatency.Origin(space, Variant, Classes), fitted);
        Assert.Equal(cover.Operations.Count, table.Entries.Count);
        var worth = LatencyFit.Validated(table, SyntheticLatency.Sample(space, Variant, Classes, random, 100, noise: 0)).Validation!;
        Assert.True(worth.R2 > 0.99, $"{worth}");
        Assert.InRange(worth.MeanError, 0, 0.03);
        Assert.InRange(worth.MeanErrorMs, 0, 0.03 * worth.SlowestMs);
        Assert.Equal(100, worth.Networks);
        Assert.True(worth.FastestMs < worth.SlowestMs);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Fact]
    public void Without_noise_the_truth_comes_back()
    {
        var table = SyntheticLatency.Table(TestSpaces.Tiny, Variant, Classes, noise: 0);
        Assert.Equal(SyntheticLatency.Start, table.Calibration.Ms, 9);
        Assert.Equal(SyntheticLatency.Factor, table.Calibration.Slope, 9);
        Assert.All(table.Entries, entry => Assert.Equal(SyntheticLatency.Ms(entry.Key, Variant, Classes), entry.Value, 12));
    }

    [Fact]
    public void An_operation_that_was_not_measured_is_told_by_the_line_of_its_part()
    {
        var whole = SyntheticLatency.Table(TestSpaces.Large, Variant, Classes, noise: 0);
        foreach (string part in OperationKeys.Parts)
        {
            var left = whole.Entries.Keys.Where(key => key.Part == part).OrderBy(key => $"{key}", StringComparer.Ordinal).First();
            var table = new LatencyTable(whole.Origin, whole.Entries.Remove(left), whole.Lines, whole.Calibration, null);
            Assert.Equal(SyntheticLatency.Ms(left, Variant, Classes), table.Of(left), 1e-6 * SyntheticLatency.Ms(left, Variant, Classes) + 1e-12);
        }

        var empty = new LatencyTable(whole.Origin, whole.Entries.Clear(), ImmutableDictionary<string, LatencyLine>.Empty, whole.Calibration, null);
        Assert.Contains("measure it again", Assert.Throws<InputException>(() => empty.Of(whole.Entries.Keys.First())).Message);
    }

    [Fact]
    public void One_disturbed_network_of_several_does_not_move_an_operation()
    {
        var space = TestSpaces.Tiny;
        var quiet = SyntheticLatency.Measure(space, space.Sample(new RandomStream(1)), Variant, Classes, new RandomStream(1), noise: 0);
        var disturbed = quiet with { OperationMs = [.. quiet.OperationMs.Select(ms => 100 * ms)] };
        var table = LatencyFit.Of(SyntheticLatency.Origin(space, Variant, Classes), [quiet, disturbed, quiet]);
        Assert.Equal(quiet.OperationMs[0], table.Of(quiet.Operations[0]), 12);
    }

    [Property(MaxTest = 60)]
    public void A_cost_table_says_what_the_latency_table_says(ulong seed)
    {
        foreach (var (space, table, costs) in Pairs)
        {
            var genotype = space.Sample(new RandomStream(seed));
            double expected = table.Of(space.Resolve(genotype));
            var cost = costs.Of(genotype);
            Assert.Equal(expected, cost.LatencyMs!.Value, 1e-9 * expected);
            Assert.Equal(expected, cost.Of(CostObjective.LatencyMs), 1e-9 * expected);
            Assert.Equal(CostModel.Of(space.Resolve(genotype), table.Origin.Variant, Classes), cost with { LatencyMs = null }); // the rest stays exact
        }
    }

    [Fact]
    public void A_cost_without_milliseconds_says_what_makes_them()
    {
        var cost = new CostTable(TestSpaces.Tiny, Variant, Classes, TestSpaces.Tiny.Definition.Input).Of(TestSpaces.Tiny.Sample(new RandomStream(1)));
        Assert.Null(cost.LatencyMs);
        Assert.Contains("movinet bench latency", Assert.Throws<InputException>(() => cost.Of(CostObjective.LatencyMs)).Message);
    }

    private static readonly (SearchSpace Space, LatencyTable Table, CostTable Costs)[] Pairs =
    [
        .. new[] { TestSpaces.Tiny, TestSpaces.OneTwoThreeFour }.SelectMany(space => new[] { NetworkVariant.Causal, NetworkVariant.Stream }.Select(variant =>
        {
            var table = SyntheticLatency.Table(space, variant, Classes);
            return (space, table, new CostTable(space, variant, Classes, space.Definition.Input, table));
        })),
    ];
}
