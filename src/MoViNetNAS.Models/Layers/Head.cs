using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The end of a network: 1x1x1 convolution, pool over all frames seen so far, hidden layer, classifier.</summary>
/// <remarks>Streamed, it gives one vector of logits a call, for all frames since the stream began. The activation before the
/// classifier is swish in all released models. Source: official MoViNet code, Head and ClassifierHead.</remarks>
internal sealed class Head : nn.Module
{
    private const double ClassifierDeviation = 0.01;
    private readonly ActivationType _activation;
    private readonly Pointwise project;
    private readonly Norm norm;
    private readonly Pointwise dense;
    private readonly Pointwise classifier;

    public Head(
        int inputWidth, int headWidth, int denseWidth, int classes, ActivationType activation, bool hasRunningAverages, RandomStream random)
        : base(nameof(Head))
    {
        _activation = activation;
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

    /// <summary>[B, C, T, H, W] to logits [B, classes].</summary>
    /// <param name="x">Output of the last block.</param>
    /// <param name="headWidth">Channels to project to.</param>
    /// <param name="mode">Statistics and dropout.</param>
    /// <param name="pool">Sum of the spatial means of all frames before x, [B, headWidth]; null at the start.</param>
    /// <param name="framesBefore">Frames before x.</param>
    /// <param name="nextPool">The sum after x, detached.</param>
    public Tensor Apply(Tensor x, long headWidth, ForwardMode mode, Tensor? pool, long framesBefore, out Tensor nextPool)
    {
        var features = norm.Apply(project.Apply(x, headWidth), _activation, mode.Norm);
        var sum = SpatialMean.Apply(features).sum(1); // [B, headWidth]
        if (pool is not null) sum = sum + pool;
        nextPool = sum.detach().clone();
        using var frames = ((double)(framesBefore + x.shape[2])).ToScalar();
        var hidden = nn.functional.silu(dense.Rows(sum.div(frames), DenseWidth));
        if (mode.DropoutRate > 0) hidden = hidden * Keep(hidden.shape, mode).to(x.device);
        return classifier.Rows(hidden, Classes);
    }

    private static Tensor Keep(long[] shape, ForwardMode mode)
    {
        var random = mode.Random ?? throw new ArgumentException("Dropout needs a random stream.", nameof(mode));
        var factors = new float[shape[0] * shape[1]];
        for (int i = 0; i < factors.Length; i++) factors[i] = random.Chance(mode.DropoutRate) ? 0 : (float)(1 / (1 - mode.DropoutRate));
        return tensor(factors, shape);
    }
}
