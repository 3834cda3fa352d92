using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Measures how the memory of a training update grows with the length of the clip: whole, and in sub-clips through stream buffers.</summary>
internal static class SubclipBench
{
    private const string Model = "a0";
    private const int Classes = 600, Repetitions = 2;
    private static readonly int[] Lengths = [8, 16, 32, 64, 128], QuickLengths = [2, 4];
    private static readonly int[] Subclips = [0, 32, 16, 8], QuickSubclips = [0, 2];

    public static SubclipSection Run(BenchContext context)
    {
        var architecture = ReleasedArchitectures.Get(Model);
        int resolution = context.IsQuick ? 32 : architecture.Input.Resolution;
        int[] lengths = context.IsQuick ? QuickLengths : Lengths, subclips = context.IsQuick ? QuickSubclips : Subclips;
        (int Subclip, int Frames)[] cases = [.. subclips.SelectMany(subclip => lengths.Where(frames => frames >= subclip).Select(frames => (subclip, frames)))];
        using var progress = context.Terminal.Progress("sub-clips", cases.Length);
        var rows = BenchContext.With(context.Threads[^1], () => cases.Select((one, done) =>
        {
            progress.Report(done, $"{one.Frames} frames, {SubclipSection.Side(one.Subclip)}");
            context.Cancellation.ThrowIfCancellationRequested();
            var input = new InputShape(one.Frames, resolution);
            using var network = new MoViNet(architecture, NetworkVariant.Causal, Classes, new FirstWeights(BenchContext.Random("first"), ResidualScale: 1));
            using var trainer = new NetworkTrainer(
                network, new NoiseClips(input, Classes, clips: 1), TrainingSettings.Default with { Batch = 1, SubclipFrames = one.Subclip }, BenchContext.Random("train"), torch.CPU);
            var batch = new BatchSchedule(new NoiseClips(input, Classes, clips: 1), Split.Weights, 1, BenchContext.Random("clips")).Read(0);
            return new MemoryRow(SubclipSection.Side(one.Subclip), one.Frames, PeakMemory.GrowthOf(() => trainer.Update(batch), context.IsQuick ? 1 : Repetitions));
        }).ToList());
        progress.Report(cases.Length);
        return new SubclipSection(Model, resolution, PeakMemory.Method, rows);
    }
}
