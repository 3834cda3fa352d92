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

    /// <summary>One round of <paramref name="architecture"/>: the medians over its frames.</summary>
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
            OperationKeys.Of(architecture, architecture.Input.Resolution), [.. parts.Select(times => Spread.Of(times).MedianMs)], Spread.Of(wholes).MedianMs);
    }

    /// <summary>The rounds of one network as one: of every time the shortest, for what disturbs a machine only makes it longer.</summary>
    public static MeasuredNetwork Quietest(IReadOnlyList<MeasuredNetwork> rounds) => new(
        rounds[0].Operations, [.. Enumerable.Range(0, rounds[0].Operations.Count).Select(i => rounds.Min(round => round.OperationMs[i]))],
        rounds.Min(round => round.WholeMs));

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
