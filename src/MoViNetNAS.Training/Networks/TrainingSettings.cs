using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>How a stand-alone network is trained.</summary>
/// <param name="Variant">How its layers are built.</param>
/// <param name="Epochs">Passes over the training clips.</param>
/// <param name="Batch">Clips of an update.</param>
/// <param name="SubclipFrames">Frames of a sub-clip; stream buffers carry the rest, without gradient. 0 for whole clips.</param>
/// <param name="LearningRate">Peak of the cosine schedule.</param>
/// <param name="WarmUpFraction">Share of the updates in which the rate rises.</param>
/// <param name="WeightDecay">Decoupled decay of convolution kernels.</param>
/// <param name="LabelSmoothing">Share of the target spread over all classes.</param>
/// <param name="Dropout">Share of the classifier's hidden units dropped.</param>
/// <param name="StochasticDepth">Drop rate of the last layer.</param>
/// <param name="GradientClip">Largest joint norm of the gradients; 0 for none.</param>
/// <param name="ResidualScale">First value of the factor on residual branches; 0 in the published networks, 1 for short trainings.</param>
public sealed record TrainingSettings(
    NetworkVariant Variant, int Epochs, int Batch, int SubclipFrames, double LearningRate, double WarmUpFraction, double WeightDecay,
    double LabelSmoothing, double Dropout, double StochasticDepth, double GradientClip, double ResidualScale)
{
    /// <summary>What a file need not state.</summary>
    public static TrainingSettings Default { get; } = new(NetworkVariant.Causal, 10, 32, 0, 4e-3, 0.05, 4e-5, 0.1, 0.2, 0, 0, 0);

    /// <summary>Reads the "train" section of an experiment.</summary>
    public static TrainingSettings Read(ConfigNode node)
    {
        var o = node.Object(
            "variant", "epochs", "batch", "subclipFrames", "learningRate", "warmUpFraction", "weightDecay", "labelSmoothing", "dropout",
            "stochasticDepth", "gradientClip", "residualScale");
        var settings = new TrainingSettings(
            o.Optional("variant", VariantFile.Read, Default.Variant),
            o.Optional("epochs", n => n.Int(1, 1_000_000), Default.Epochs),
            o.Optional("batch", n => n.Int(1, 100_000), Default.Batch),
            o.Optional("subclipFrames", n => n.Int(0, 10_000), Default.SubclipFrames),
            o.Optional("learningRate", n => n.Number(1e-9, 100), Default.LearningRate),
            o.Optional("warmUpFraction", n => n.Number(0, 0.99), Default.WarmUpFraction),
            o.Optional("weightDecay", n => n.Number(0, 10), Default.WeightDecay),
            o.Optional("labelSmoothing", n => n.Number(0, 0.99), Default.LabelSmoothing),
            o.Optional("dropout", n => n.Number(0, 0.99), Default.Dropout),
            o.Optional("stochasticDepth", n => n.Number(0, 0.99), Default.StochasticDepth),
            o.Optional("gradientClip", n => n.Number(0, 1e6), Default.GradientClip),
            o.Optional("residualScale", n => n.Number(0, 10), Default.ResidualScale));
        if (settings is { SubclipFrames: > 0, Variant.CanStream: false })
            node.Fail($"has subclipFrames {settings.SubclipFrames}, which needs a causal variant, not '{settings.Variant.Name}'");
        return settings;
    }

    /// <summary>The section as JSON that <see cref="Read"/> reads back.</summary>
    public JsonObject ToJson() => new()
    {
        ["variant"] = VariantFile.Write(Variant),
        ["epochs"] = Epochs,
        ["batch"] = Batch,
        ["subclipFrames"] = SubclipFrames,
        ["learningRate"] = LearningRate,
        ["warmUpFraction"] = WarmUpFraction,
        ["weightDecay"] = WeightDecay,
        ["labelSmoothing"] = LabelSmoothing,
        ["dropout"] = Dropout,
        ["stochasticDepth"] = StochasticDepth,
        ["gradientClip"] = GradientClip,
        ["residualScale"] = ResidualScale,
    };
}
