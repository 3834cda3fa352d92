using MoViNetNAS.Cli.Output;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Measures how memory grows with the length of a clip, streamed and at once.</summary>
internal static class MemoryBench
{
    private const string Model = "a0";
    private static readonly int[] FullFrames = [8, 16, 32, 64, 128], QuickFrames = [2, 8];

    public static MemorySection Run(BenchContext context)
    {
        var architecture = ReleasedArchitectures.Get(Model);
        int resolution = context.IsQuick ? 32 : architecture.Input.Resolution;
        int[] lengths = context.IsQuick ? QuickFrames : FullFrames;
        using var network = StreamBench.Network(architecture);
        using var frame = ClipLayouts.Normal(BenchContext.Random("frame"), 1, 1, resolution, resolution, InputShape.Channels);
        using var compiled = CompiledNetwork.Of(network);
        float[] pixels = frame.data<float>().ToArray();
        using var progress = context.Terminal.Progress("memory", lengths.Length);
        var rows = BenchContext.With(context.Threads[^1], () => lengths.Select((frames, done) =>
        {
            progress.Report(done, $"{frames} frames");
            context.Cancellation.ThrowIfCancellationRequested();
            long compiledStream = PeakMemory.GrowthOf(() => Stream(compiled, pixels, resolution, frames));
            context.Cancellation.ThrowIfCancellationRequested();
            long stream = PeakMemory.GrowthOf(() => Stream(network, frame, frames));
            context.Cancellation.ThrowIfCancellationRequested();
            long clip = PeakMemory.GrowthOf(() => Whole(network, frame, frames));
            context.Cancellation.ThrowIfCancellationRequested();
            long libtorch = PeakMemory.GrowthOf(() => LibtorchSide.Run(() => Whole(network, frame, frames)));
            return new MemoryRow(frames, compiledStream, stream, clip, libtorch, (double)clip / Math.Max(1, Math.Max(compiledStream, stream)));
        }).ToList());
        progress.Report(lengths.Length);
        var cost = CostModel.Of(architecture, network.Variant, StreamBench.Classes, new InputShape(1, resolution));
        return new MemorySection(Model, resolution, cost.StreamStateBytes, PeakMemory.Method, rows);
    }

    private static void Stream(MoViNet network, Tensor frame, int frames)
    {
        using var run = new SteppedRun(network, frame);
        for (int i = 0; i < frames; i++) run.Step();
    }

    private static void Stream(CompiledNetwork network, float[] frame, int resolution, int frames)
    {
        using var stream = network.Open(1, resolution);
        for (int i = 0; i < frames; i++) stream.Step(frame.AsSpan());
    }

    // The clip is part of what a whole clip takes.
    private static void Whole(MoViNet network, Tensor frame, int frames)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        network.Classify(frame.expand(1, frames, -1, -1, -1).contiguous().permute(0, 4, 1, 2, 3));
    }
}
