using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Tests;

internal static class Samples
{
    public const string Run = "quickstart";

    public static RunRecord RunRecord(string name = Run) => new(
        name, RunStatus.Running, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddTicks(7), null, "movinet search quickstart.json",
        "{}", "a0", "hash", "{ \"name\": \"a0\" }", "split", "tunas", CostObjective.Macs, 1.5e6, ulong.MaxValue, "MoViNetNAS 0.1.0", "cpu, 2 threads",
        null, null, null);

    public static ModelRecord Model(string name) => new(
        name, Run, "0:1:2", "stream", "model.weights", new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), "{}", "split", 7, 0.75, 100, 2_700_000);

    public static Trial Trial(int step, int candidate = 0, TrialPhase phase = TrialPhase.Search, string run = Run) => new(
        run, phase, step, candidate, string.Join(':', Enumerable.Range(0, 40).Select(i => (step + i) % 4)), 0.5 + 0.3 * Math.Sin(step), 64,
        0.4 + 0.3 * Math.Sin(step), new Cost(1_000_000 + step, 10_000, 1_100_000, 300_000, 310_000, 4096, 65536));

    public static IReadOnlyList<Trial> Trials(int from, int count) => [.. Enumerable.Range(from, count).Select(step => Trial(step))];
}
