using MoViNetNAS.Models;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>What a training needs to hold at the same time, counted from the costs of its operations, not measured.</summary>
/// <param name="WeightBytes">Weights, running averages, gradients, what the optimizer remembers, the averaged weights, and in bfloat16 their rounded copies.</param>
/// <param name="ActivationBytes">What one forward pass keeps for its backward pass: of the clips of a part, over the frames of a sub-clip.</param>
/// <param name="ClipBytes">Pixels of the batches that are read ahead, and of the one in use.</param>
/// <remarks>Kept are the input of the network, and of every norm what it reads and what it writes with its activation: as float32, or as bfloat16 and
/// then the input in both. Squeeze-excite, pools and scratch space come on top, so it is a floor. Of a frozen network nothing is kept, and the
/// largest layer counts. Frames that a stream carries are float32 always.</remarks>
public sealed record TrainingMemory(long WeightBytes, long ActivationBytes, long ClipBytes)
{
    private const int BytesPerFloat = 4, BytesRounded = 2, BatchesAtOnce = 5;

    /// <summary>All of it.</summary>
    public long TotalBytes => WeightBytes + ActivationBytes + ClipBytes;

    /// <summary>Counts it.</summary>
    /// <param name="design">The network.</param>
    /// <param name="classes">Its classes.</param>
    /// <param name="input">The clips.</param>
    /// <param name="settings">How it is trained.</param>
    public static TrainingMemory Of(NetworkDesign design, int classes, InputShape input, TrainingSettings settings)
    {
        var cost = CostModel.Of(design, classes, input);
        int moments = settings.Optimizer is SgdSettings ? 1 : 2;
        long partClips = (settings.Batch + settings.Accumulate - 1) / settings.Accumulate;
        var pass = settings.SubclipFrames > 0 ? input with { Frames = Math.Min(settings.SubclipFrames, input.Frames) } : input;
        long pixels = (long)InputShape.Channels * input.Resolution * input.Resolution;
        bool isRounded = settings.Precision == Precision.BFloat16;
        int bytesKept = isRounded ? BytesRounded : BytesPerFloat, bytesOfPixel = BytesPerFloat + (isRounded ? BytesRounded : 0);
        checked
        {
            long weights = cost.TotalParameters + (1 + moments) * cost.TrainableParameters + (settings.AverageDecay > 0 ? cost.TotalParameters : 0);
            long kept = settings.Freeze == FreezeType.None
                ? 2 * design.CostRows(classes, pass).Sum(row => row.NormalizedElements)
                : design.PeakActivationElements(pass);
            long states = settings.SubclipFrames > 0 ? 2 * cost.StreamStateBytes : 0;
            return new TrainingMemory(
                BytesPerFloat * weights + (isRounded ? BytesRounded * cost.TrainableParameters : 0),
                partClips * (bytesOfPixel * pass.Frames * pixels + bytesKept * kept + states), BatchesAtOnce * settings.Batch * input.Frames * pixels);
        }
    }
}
