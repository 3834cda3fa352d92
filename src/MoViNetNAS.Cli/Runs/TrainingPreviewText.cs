using System.Globalization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Models;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Prints what a training would be, for people.</summary>
internal static class TrainingPreviewText
{
    private const string NeedsData = "needs data";

    public static void Write(Terminal terminal, TrainingPreview preview, TrainingSettings settings)
    {
        terminal.Line($"{preview.Model}: {preview.Network} ({preview.Variant}), nothing is trained or stored");
        string parts = settings.Accumulate > 1 ? $" in {settings.Accumulate} parts" : "";
        string subclips = settings.SubclipFrames > 0 ? $", sub-clips of {settings.SubclipFrames} frames" : "";
        string kept = settings.Precision == Precision.BFloat16 ? "in bfloat16 " : "";
        terminal.Table(["", "", ""],
        [
            ["clips", $"{preview.Input.Frames} frames of {preview.Input.Resolution}x{preview.Input.Resolution}", $"frame stride {preview.Input.FrameStride}{subclips}"],
            ["classes", Units.Count(preview.Classes), preview.ClassesFrom],
            ["training clips", Counted(preview.TrainingClips), ""],
            ["updates", Counted(preview.Updates), $"{settings.Epochs} epochs of {Counted(preview.UpdatesPerEpoch)}, batch {settings.Batch}{parts}"],
            .. (preview.Rates ?? []).Select(rate => (string[])["learning rate", rate.LearningRate.ToString("G5", CultureInfo.InvariantCulture), $"update {Units.Count(rate.Update)}"]),
            ["multiply-adds of a clip", Units.Metric(preview.Cost.Macs), "forward"],
            ["trainable parameters", Units.Count(preview.Cost.TrainableParameters), ""],
            ["stream state", Units.Bytes(preview.Cost.StreamStateBytes), "float32, one stream"],
            ["memory: weights", Units.Bytes(preview.Memory.WeightBytes), "with gradients, moments and averages"],
            ["memory: activations", Units.Bytes(preview.Memory.ActivationBytes), $"kept {kept}for the backward pass of one part; counted, a floor"],
            ["memory: clips", Units.Bytes(preview.Memory.ClipBytes), "batches read ahead and the one in use"],
            Time(preview),
        ]);
        if (preview.Time is { } time)
        {
            terminal.Line(FormattableString.Invariant(
                $"Time was measured here on small batches (updates: {time.Updates}, clips: {time.Clips}, frames: {time.Frames}, at full resolution, {time.MeasuredSeconds:G3} s each) and scaled by multiply-adds; reading clips and scoring are not in it."));
        }
    }

    private static string[] Time(TrainingPreview preview)
    {
        if (preview.Time is not { } time) return ["time", "not measured", preview.NotMeasured ?? ""];
        string update = FormattableString.Invariant($"{time.Seconds:G3} s an update");
        return ["time", preview.TrainingHours is { } hours ? FormattableString.Invariant($"{hours:G3} hours") : NeedsData, update];
    }

    private static string Counted(long? count) => count is { } number ? Units.Count(number) : NeedsData;
}
