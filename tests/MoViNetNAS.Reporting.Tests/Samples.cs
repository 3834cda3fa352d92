using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

internal static class Samples
{
    public static Trial Trial(TrialPhase phase, int step, long macs, double quality, string genotype = "0:1:2") => new(
        "quickstart", phase, step, 0, genotype, quality, 512, quality - 0.01, new Cost(macs, macs / 8, macs, macs / 5, macs / 5, 0, 65536));

    public static ParetoFigure Figure { get; } = new("Quickstart <&>", CostObjective.Macs,
    [
        new ParetoSeries("quickstart",
            [Trial(TrialPhase.Search, 0, 1_000_000, 0.41), Trial(TrialPhase.Rescored, 0, 3_000_000, 0.55)],
            [
                .. Enumerable.Range(0, 40).Select(i => Trial(TrialPhase.Search, i, 1_500_000 + 40_000 * i, 0.3 + 0.001 * i)),
                .. Enumerable.Range(0, 7).Select(i => Trial(TrialPhase.Baseline, i, 2_000_000 + 30_000 * i, 0.35)),
                Trial(TrialPhase.WarmUp, 0, 900_000_000, 0.99),
            ]),
    ])
    {
        Picks = [new ParetoPick("most probable feasible", Trial(TrialPhase.Rescored, 0, 3_000_000, 0.55))],
        Target = 2_700_000,
        Tolerance = 0.1,
        References = [new ReferencePoint("A0", 2_500_000, 0.45), new ReferencePoint("A5", 9e12, 0.8)],
    };

    public static IReadOnlyList<ControllerStep> Steps(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ControllerStep(i, 0.1 + 0.1 / (i + 1), 1.0 / 3 + i, 1.1, -0.25, [0.1 * i, 1 / 7.0]))];

    public static RunRecord Run { get; } = new(
        "quickstart", RunStatus.Completed, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), null, "movinet search quickstart.json", "{}", "a0",
        "spacehash", "{}", "splithash", "tunas", CostObjective.Macs, 2_700_000, 7, "MoViNetNAS 0.1.0", "cpu, 2 threads", null, null, null);
}
