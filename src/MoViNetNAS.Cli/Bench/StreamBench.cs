using MoViNetNAS.Cli.Output;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Times streams through the released networks, frame by frame and several frames at once.</summary>
internal static class StreamBench
{
    /// <summary>Classes of Kinetics 600, which the released networks are for.</summary>
    public const int Classes = 600;

    private static readonly int[] FullSteps = [1, 4, 8], QuickSteps = [1, 2];

    public static StreamSection Run(BenchContext context)
    {
        string[] models = context.IsQuick ? ["a0"] : ["a0", "a1", "a2", "a3", "a4", "a5"];
        int[] steps = context.IsQuick ? QuickSteps : FullSteps;
        using var matrix = new MatrixSpeed(context.IsQuick);
        var rows = new List<StreamRow>();
        using var progress = context.Terminal.Progress("stream", models.Length * steps.Length * context.Threads.Count);
        foreach (string model in models)
        {
            var architecture = ReleasedArchitectures.Get(model);
            int resolution = context.IsQuick ? 32 : architecture.Input.Resolution;
            using var network = Network(architecture);
            foreach (int frames in steps)
            {
                foreach (int threads in context.Threads)
                {
                    progress.Report(rows.Count, $"{model}, {StreamSection.PerStep(frames)}, {Numbers.Threads(threads)}");
                    rows.Add(BenchContext.With(threads, () => Measure(context, network, resolution, frames, threads, matrix)));
                }
            }
        }

        progress.Report(rows.Count);
        return new StreamSection(rows);
    }

    /// <summary>The stream form of a released network, with random weights; the caller disposes it.</summary>
    public static MoViNet Network(Architecture released)
    {
        var first = new FirstWeights(BenchContext.Random(released.Name), ResidualScale: 1);
        var network = new MoViNet(released, ReleasedArchitectures.StreamVariant(released.Name), Classes, first);
        network.eval();
        return network;
    }

    private static StreamRow Measure(BenchContext context, MoViNet network, int resolution, int frames, int threads, MatrixSpeed matrix)
    {
        using var clip = ClipLayouts.Normal(BenchContext.Random("frames"), 1, frames, resolution, resolution, InputShape.Channels);
        var runs = StreamSide.All.Select(side => (side.Name, Run: side.Open(network, clip))).ToList();
        try
        {
            // The limit takes its turn too: what slows the machine slows it as well.
            var times = context.Timing.Compare([.. runs.Select(side => (Action)side.Run.Step), matrix.Multiply], context.Cancellation);
            var byName = runs.Zip(times, (side, time) => (side.Name, Time: PerFrame(time, frames))).ToDictionary(pair => pair.Name, pair => pair.Time);
            long macs = CostModel.Of(network.Architecture, network.Variant, Classes, new InputShape(frames, resolution)).Macs / frames;
            return new StreamRow(
                network.Architecture.Name, resolution, frames, threads, byName.GetValueOrDefault("compiled"), byName["ours"], byName["libtorch"], macs,
                matrix.Macs / (times[^1].MedianMs * 1e6));
        }
        finally
        {
            foreach (var side in runs) side.Run.Dispose();
        }
    }

    private static Spread PerFrame(Spread step, int frames) =>
        new(step.MedianMs / frames, step.LowerMs / frames, step.UpperMs / frames, step.Runs);
}
