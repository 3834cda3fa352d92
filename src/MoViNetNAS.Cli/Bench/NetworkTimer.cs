using System.Diagnostics;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using TorchSharp;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Measures compiled networks, one stream, frame by frame.</summary>
internal sealed class NetworkTimer(NetworkVariant variant, int classes, LatencyEffort effort, TimeProvider clock)
{
    private const int DifferentFrames = 4;

    /// <summary>One round of <paramref name="architecture"/>: of each time the lower quartile over the frames, which other programs disturb least.</summary>
    public MeasuredNetwork Measure(Architecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = new MoViNet(architecture, variant, classes, new FirstWeights(BenchContext.Random("latency weights"), ResidualScale: 1));
        network.eval();
        using var compiled = CompiledNetwork.Of(network);
        using var stream = compiled.Open();
        float[][] frames = Frames(architecture.Input.Resolution);
        for (int i = 0; i < effort.WarmUpSteps; i++) stream.Step(frames[i % DifferentFrames]);

        // Frames with and without clocks between the operations take turns, so that both see the same machine.
        int operations = compiled.Operations.Count;
        var wholes = new List<double>();
        List<double>[] parts = [.. Enumerable.Range(0, operations).Select(_ => new List<double>())];
        long[] ticks = new long[operations];
        long began = clock.GetTimestamp();
        while (wholes.Count < effort.LeastSteps || (wholes.Count < effort.MostSteps && clock.GetElapsedTime(began) < effort.Time))
        {
            float[] frame = frames[wholes.Count % DifferentFrames];
            Array.Clear(ticks);
            stream.Step(frame, ticks);
            for (int i = 0; i < operations; i++) parts[i].Add(1000.0 * ticks[i] / Stopwatch.Frequency);
            long before = clock.GetTimestamp();
            stream.Step(frame);
            wholes.Add(clock.GetElapsedTime(before).TotalMilliseconds);
        }

        return new MeasuredNetwork(
            OperationKeys.Of(architecture, architecture.Input.Resolution), [.. parts.Select(times => Spread.Of(times).LowerMs)], Spread.Of(wholes).LowerMs);
    }

    /// <summary>The rounds of one network as one: the medians.</summary>
    /// <remarks>Not the fastest: a processor has rare moments in which it runs a quarter faster, and to compare one network in such a moment
    /// with another outside made the mean error three times as large.</remarks>
    public static MeasuredNetwork Middle(IReadOnlyList<MeasuredNetwork> rounds) => new(
        rounds[0].Operations, [.. Enumerable.Range(0, rounds[0].Operations.Count).Select(i => Median(rounds.Select(round => round.OperationMs[i])))],
        Median(rounds.Select(round => round.WholeMs)));

    private static double Median(IEnumerable<double> times) => Spread.Of([.. times]).MedianMs;

    private static float[][] Frames(int resolution)
    {
        var random = BenchContext.Random("latency frames");
        return [.. Enumerable.Range(0, DifferentFrames).Select(_ =>
        {
            float[] frame = new float[resolution * resolution * InputShape.Channels];
            for (int i = 0; i < frame.Length; i++) frame[i] = (float)random.Uniform();
            return frame;
        })];
    }
}
