using MoViNetNAS.Cli.Output;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Measures how memory grows with the length of a clip: streamed, and at once through the base network.</summary>
internal static class MemoryBench
{
    public const string Compiled = "stream, compiled", Module = "stream, module", Whole = "base, whole clip", Libtorch = "base, whole clip, libtorch";
    private const string Model = "a0";
    private const int Repetitions = 3; // the least of them: what the runtime does meanwhile only adds
    private static readonly int[] QuickFrames = [2, 8];
    private static readonly (string Side, int[] Frames)[] Full =
    [
        (Compiled, [1, 10, 50, 100, 500, 1000, 5000]),
        (Module, [1, 10, 50, 500, 2000]),
        (Whole, [1, 4, 16, 50, 100]),
        (Libtorch, [1, 4, 16, 50]), // 100 frames would take 5 GB
    ];

    public static MemorySection Run(BenchContext context)
    {
        var architecture = ReleasedArchitectures.Get(Model);
        int resolution = context.IsQuick ? 32 : architecture.Input.Resolution;
        using var stream = StreamBench.Network(architecture);
        using var whole = new MoViNet(architecture, NetworkVariant.Base, StreamBench.Classes, new FirstWeights(BenchContext.Random("base"), ResidualScale: 1));
        using var frame = ClipLayouts.Normal(BenchContext.Random("frame"), 1, 1, resolution, resolution, InputShape.Channels);
        using var compiled = CompiledNetwork.Of(stream);
        float[] pixels = frame.data<float>().ToArray();
        Action<int> Work(string side) => side switch
        {
            Compiled => frames => Stream(compiled, pixels, resolution, frames, context.Cancellation),
            Module => frames => Stream(stream, frame, frames, context.Cancellation),
            Whole => frames => AtOnce(whole, frame, frames),
            _ => frames => LibtorchSide.Run(() => AtOnce(whole, frame, frames)),
        };

        (string Side, int Frames)[] cases = [.. Full.SelectMany(one => (context.IsQuick ? QuickFrames : one.Frames).Select(frames => (one.Side, frames)))];
        using var progress = context.Terminal.Progress("memory", cases.Length);
        var rows = BenchContext.With(context.Threads[^1], () => cases.Select((one, done) =>
        {
            progress.Report(done, $"{one.Side}, {one.Frames} frames");
            context.Cancellation.ThrowIfCancellationRequested();
            return new MemoryRow(one.Side, one.Frames, PeakMemory.GrowthOf(() => Work(one.Side)(one.Frames), context.IsQuick ? 1 : Repetitions));
        }).ToList());
        progress.Report(cases.Length);
        var cost = CostModel.Of(architecture, stream.Variant, StreamBench.Classes, new InputShape(1, resolution));
        return new MemorySection(Model, resolution, cost.StreamStateBytes, PeakMemory.Method, rows);
    }

    private static void Stream(MoViNet network, Tensor frame, int frames, CancellationToken cancellation)
    {
        using var run = new SteppedRun(network, frame);
        for (int i = 0; i < frames && !cancellation.IsCancellationRequested; i++)
        {
            run.Step();
            GC.Collect(0); // the handles of tensors are small garbage, which the runtime would let grow to a hundred megabytes
        }
    }

    private static void Stream(CompiledNetwork network, float[] frame, int resolution, int frames, CancellationToken cancellation)
    {
        using var stream = network.Open(1, resolution);
        for (int i = 0; i < frames && !cancellation.IsCancellationRequested; i++) stream.Step(frame.AsSpan());
    }

    // The clip is part of what a whole clip takes.
    private static void AtOnce(MoViNet network, Tensor frame, int frames)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        network.Classify(frame.expand(1, frames, -1, -1, -1).contiguous().permute(0, 4, 1, 2, 3));
    }
}
