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
    public TimedRound Measure(Architecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = new MoViNet(architecture, variant, classes, new FirstWeights(BenchContext.Random("latency weights"), ResidualScale: 1));
        network.eval();
        using var compiled = CompiledNetwork.Of(network);
        using var stream = compiled.Open();
        int resolution = architecture.Input.Resolution, operations = compiled.Operations.Count;
        float[][] frames = Frames(resolution);
        for (int i = 0; i < effort.WarmUpSteps; i++) stream.Step(frames[i % DifferentFrames]);

        // The pulse and frames with and without clocks between the operations take turns, so that all see the same machine.
        var pulse = new Pulse();
        List<double> pulses = [], wholes = [];
        List<double>[] parts = [.. Enumerable.Range(0, operations).Select(_ => new List<double>())];
        long[] ticks = new long[operations];
        long began = clock.GetTimestamp();
        while (wholes.Count < effort.LeastSteps || (wholes.Count < effort.MostSteps && clock.GetElapsedTime(began) < effort.Time))
        {
            float[] frame = frames[wholes.Count % DifferentFrames];
            pulses.Add(Time(pulse.Beat));
            Array.Clear(ticks);
            stream.Step(frame, ticks);
            for (int i = 0; i < operations; i++) parts[i].Add(1000.0 * ticks[i] / Stopwatch.Frequency);
            wholes.Add(Time(() => stream.Step(frame)));
        }

        double[] operationMs = [.. parts.Select(Lower)];
        return new TimedRound(new MeasuredNetwork(OperationKeys.Of(architecture, resolution), operationMs, Lower(wholes)), Lower(pulses));
    }

    private double Time(Action work)
    {
        long before = clock.GetTimestamp();
        work();
        return clock.GetElapsedTime(before).TotalMilliseconds;
    }

    private static double Lower(List<double> times) => Spread.Of(times).LowerMs;

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
