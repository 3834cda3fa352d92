using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class TrustReportTests
{
    private static readonly Genotype Some = TestSpaces.Tiny.Sample(new RandomStream(1));

    // Five architectures, by hand: scores order them 1 2 3 5 4, multiply-adds the other way round.
    [Fact]
    public void It_says_what_tau_ceiling_and_regret_are()
    {
        var report = TrustReport.Of(
        [
            One(0.1, 50, [0.20, 0.22]), One(0.2, 40, [0.30, 0.28]), One(0.3, 30, [0.42, 0.40]), One(0.4, 20, [0.58, 0.62]), One(0.5, 10, [0.52, 0.50]),
        ]);
        Assert.Equal((5, 2, 1), (report.Architectures, report.Seeds, report.Top));
        Assert.Equal(0.8, report.Tau!.Value, 12); // nine pairs of ten agree
        Assert.Equal(-0.8, report.MacsTau!.Value, 12);
        Assert.Equal(1, report.Ceiling!.Value, 12); // both seeds have the same order
        Assert.Equal(0.9, report.Rho!.Value, 12); // 1 - 6 * 2 / (5 * 24)
        Assert.Equal(Math.Sqrt(2.0 * (2 * 5 + 5) / (9.0 * 5 * 4)), report.Sigma, 12);
        Assert.Equal((0.0, 2), (report.TopOverlap, report.BestRankOfTop));
        Assert.Equal(0.60 - 0.51, report.Regret, 12);
    }

    [Fact]
    public void One_seed_has_no_ceiling_and_equal_scores_have_no_tau()
    {
        var report = TrustReport.Of([One(0.5, 1, [0.1]), One(0.5, 2, [0.2]), One(0.5, 3, [0.3])]);
        Assert.Null(report.Ceiling);
        Assert.Null(report.Tau);
        Assert.Equal(1, report.MacsTau!.Value, 12);
        Assert.Contains("3 architectures or more", Assert.Throws<InputException>(() => TrustReport.Of([One(0.5, 1, [0.1]), One(0.5, 2, [0.2])])).Message);
    }

    private static TrustedArchitecture One(double shared, long macs, ImmutableArray<double> alone) =>
        new(Some, new Cost(macs, macs, macs, macs, macs, 0, 0), shared, alone);
}
