using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The end of a network: 1x1x1 convolution, hidden layer, classifier, and means over space and time where the variant wants them.</summary>
/// <remarks>Streamed, a call's logits are for all frames since the stream began. The activation before the classifier is swish in all
/// released models. Source: official MoViNet code, Head and ClassifierHead.</remarks>
internal sealed class Head : nn.Module
{
    private const double ClassifierDeviation = 0.01;
    private readonly NetworkVariant _variant;
    private readonly Pointwise project;
    private readonly Norm norm;
    private readonly Pointwise dense;
    private readonly Pointwise classifier;

    public Head(
        int inputWidth, int headWidth, int denseWidth, int classes, NetworkVariant variant, bool hasRunningAverages, RandomStream random)
        : base(nameof(Head))
    {
        _variant = variant;
        project = new Pointwise(inputWidth, headWidth, random.Derive("project"));
        norm = new Norm(headWidth, hasRunningAverages);
        dense = new Pointwise(headWidth, denseWidth, random.Derive("dense"), hasBias: true);
        classifier = new Pointwise(denseWidth, classes, random.Derive("classifier"), hasBias: true, deviation: ClassifierDeviation);
        Classes = classes;
        DenseWidth = denseWidth;
        RegisterComponents();
    }

    public int Classes { get; }

    public int DenseWidth { get; }

    /// <summary>[B, C, T, H, W] to logits [B, classes], or [B, T, classes] when those after every frame are asked for.</summary>
    /// <param name="x">Output of the last block.</param>
    /// <param name="headWidth">Channels to project to.</param>
    /// <param name="mode">Statistics and dropout.</param>
    /// <param name="sum">What was added up over all frames before x, [B, headWidth] or [B, classes]; null at the start.</param>
    /// <param name="framesBefore">Frames before x.</param>
    /// <param name="isPerFrame">Whether logits after every frame are asked for.</param>
    /// <param name="nextSum">The sum after x, detached; null where nothing is added up.</param>
    public Tensor Apply(
        Tensor x, long headWidth, ForwardMode mode, Tensor? sum, long framesBefore, bool isPerFrame, out Tensor? nextSum)
    {
        var features = norm.Apply(project.Apply(x, headWidth), _variant.Activation, mode.Norm);
        if (_variant.HeadPooling == HeadPooling.Pool3d)
        {
            var mean = MeanSoFar(SpatialMean.Apply(features), sum, framesBefore, isPerFrame, out nextSum);
            return Logits(mean, mode);
        }

        var perFrame = _variant.HeadPooling == HeadPooling.None
            ? Logits(features.permute(0, 2, 3, 4, 1).flatten(2, 3), mode).mean([2])
            : Logits(SpatialMean.Apply(features), mode);
        nextSum = null;
        return _variant.HeadPooling == HeadPooling.TemporalSoftmax
            ? TemporalSoftmaxPool.Apply(perFrame).sum(1)
            : MeanSoFar(perFrame, sum, framesBefore, isPerFrame, out nextSum);
    }

    // [B, T, C] to the mean over all frames so far, [B, C]; or after each frame, [B, T, C].
    internal static Tensor MeanSoFar(Tensor frames, Tensor? sum, long framesBefore, bool isPerFrame, out Tensor? nextSum)
    {
        long count = frames.shape[1];
        if (!isPerFrame)
        {
            var total = frames.sum(1);
            if (sum is not null) total = total.Plus(sum);
            nextSum = total.detach().clone();
            using var all = ((double)(framesBefore + count)).ToScalar();
            return total.div(all);
        }

        var sums = frames.cumsum(1);
        if (sum is not null) sums = sums.Plus(sum.unsqueeze(1));
        nextSum = sums.select(1, count - 1).detach().clone();
        return sums / FrameCounts.Of(framesBefore, count, frames.device);
    }

    // [..., headWidth] to [..., classes].
    private Tensor Logits(Tensor mean, ForwardMode mode)
    {
        var hidden = _variant.ClassifierActivation.Apply(dense.Rows(mean.In(mode.Precision), DenseWidth)).Widened();
        if (mode.DropoutRate > 0) hidden = hidden * Keep(hidden.shape, mode).to(hidden.device);
        return classifier.Rows(hidden, Classes);
    }

    // Factors of dropout: 0 for dropped units, 1 / (1 - rate) for kept ones.
    internal static Tensor Keep(long[] shape, ForwardMode mode)
    {
        var random = mode.Random ?? throw new ArgumentException("Dropout needs a random stream.", nameof(mode));
        var factors = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < factors.Length; i++) factors[i] = random.Chance(mode.DropoutRate) ? 0 : (float)(1 / (1 - mode.DropoutRate));
        return tensor(factors, shape);
    }
}
