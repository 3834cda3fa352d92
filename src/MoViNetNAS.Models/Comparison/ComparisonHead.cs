using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The end of a comparison network: pool, hidden layers, classifier; or logits of every frame, averaged over time.</summary>
internal sealed class ComparisonHead : nn.Module
{
    private const double ClassifierDeviation = 0.01;
    private readonly ComparisonArchitecture _architecture;
    private readonly int _classes;
    private readonly ModuleList<Pointwise> hidden;
    private readonly Pointwise classifier;

    /// <param name="architecture">Widths, and where to average.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="random">First weights.</param>
    public ComparisonHead(ComparisonArchitecture architecture, int classes, RandomStream random) : base(nameof(ComparisonHead))
    {
        (_architecture, _classes) = (architecture, classes);
        int width = architecture.FeatureWidth;
        hidden = [];
        foreach (var dense in architecture.Hidden)
        {
            hidden.Add(new Pointwise(width, dense.Width, random.Derive("hidden", hidden.Count), dense.HasBias));
            width = dense.Width;
        }

        classifier = new Pointwise(width, classes, random.Derive("classifier"), hasBias: true, deviation: ClassifierDeviation);
        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to logits [B, classes], or [B, T, classes] when those after every frame are asked for.</summary>
    public Tensor Apply(Tensor x, ForwardMode mode, StreamPass pass, bool isPerFrame)
    {
        var means = SpatialMean.Apply(x);
        bool poolsFeatures = _architecture.HeadPooling == HeadPooling.Pool3d;
        var averaged = Head.MeanSoFar(poolsFeatures ? means : Logits(means, mode), pass.Sum(StreamStateShape.Head), pass.FramesBefore, isPerFrame, out var sum);
        pass.Keep(StreamStateShape.Head, null, sum);
        return poolsFeatures ? Logits(averaged, mode) : averaged;
    }

    // [..., features] to [..., classes].
    private Tensor Logits(Tensor features, ForwardMode mode)
    {
        var y = features;
        foreach (var (layer, dense) in hidden.Zip(_architecture.Hidden))
            y = dense.Activation.Apply(layer.Rows(y.In(mode.Precision), dense.Width));
        y = y.Widened();
        if (mode.DropoutRate > 0) y = y * Head.Keep(y.shape, mode).to(y.device);
        return classifier.Rows(y, _classes);
    }
}
