using System.Text.Json.Nodes;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>How the shared weights are trained and scored.</summary>
/// <param name="Batch">Training clips of each architecture of a step.</param>
/// <param name="ScoreBatch">Held-out clips on which all architectures of a step are scored.</param>
/// <param name="LearningRate">Peak of the cosine schedule.</param>
/// <param name="WarmUpFraction">Share of the steps in which the rate rises.</param>
/// <param name="WeightDecay">Decoupled decay of convolution kernels.</param>
/// <param name="LabelSmoothing">Share of the target spread over all classes.</param>
/// <param name="GradientClip">Largest joint norm of the gradients; 0 for none.</param>
/// <param name="SkipsUnused">Leaves parameters that no architecture of the step used as they are; otherwise they get zero gradients and their moments move them (TuNAS).</param>
/// <param name="ResidualScale">First value of the factor on residual branches; 1 as in TuNAS, whose layers have none.</param>
/// <param name="HasCalibratedNorms">Whether an architecture that is scored on the whole held-out split gets norm statistics of training clips
/// first ("calibrated" in files: SPOS, OFA and BigNAS do so); otherwise norms use the statistics of the batch that is scored ("batch": TuNAS).
/// Training and the scores of steps use batch statistics always.</param>
public sealed record SupernetSettings(
    int Batch, int ScoreBatch, double LearningRate, double WarmUpFraction, double WeightDecay, double LabelSmoothing, double GradientClip,
    bool SkipsUnused, double ResidualScale, bool HasCalibratedNorms = false)
{
    private static readonly Dictionary<string, bool> UnusedParameters = new() { ["zeroGradient"] = false, ["skip"] = true };

    private static readonly Dictionary<string, bool> Norms = new() { ["batch"] = false, ["calibrated"] = true };

    /// <summary>What training and the scores of steps compute in; on the whole held-out split architectures are scored in float32, on any device.</summary>
    public Precision Precision { get; init; }

    /// <summary>What a file need not state.</summary>
    public static SupernetSettings Default { get; } = new(16, 64, 4e-3, 0.025, 4e-5, 0.1, 0, SkipsUnused: false, ResidualScale: 1);

    /// <summary>Reads the "supernet" section of an experiment.</summary>
    public static SupernetSettings Read(ConfigNode node)
    {
        var o = node.Object(
            "batch", "scoreBatch", "learningRate", "warmUpFraction", "weightDecay", "labelSmoothing", "gradientClip", "unusedParameters",
            "residualScale", "norms", "precision");
        return new SupernetSettings(
            o.Optional("batch", n => n.Int(1, 100_000), Default.Batch),
            o.Optional("scoreBatch", n => n.Int(1, 100_000), Default.ScoreBatch),
            o.Optional("learningRate", n => n.Number(1e-9, 100), Default.LearningRate),
            o.Optional("warmUpFraction", n => n.Number(0, 0.99), Default.WarmUpFraction),
            o.Optional("weightDecay", n => n.Number(0, 10), Default.WeightDecay),
            o.Optional("labelSmoothing", n => n.Number(0, 0.99), Default.LabelSmoothing),
            o.Optional("gradientClip", n => n.Number(0, 1e6), Default.GradientClip),
            o.Optional("unusedParameters", n => n.OneOf(UnusedParameters), Default.SkipsUnused),
            o.Optional("residualScale", n => n.Number(0, 10), Default.ResidualScale),
            o.Optional("norms", n => n.OneOf(Norms), Default.HasCalibratedNorms))
        {
            Precision = o.Optional("precision", n => n.OneOf(PrecisionNames.All), Precision.Float32),
        };
    }

    /// <summary>The section as JSON that <see cref="Read"/> reads back.</summary>
    public JsonObject ToJson()
    {
        var json = WriteValues();
        if (Precision != Precision.Float32) json["precision"] = PrecisionNames.Of(Precision);
        return json;
    }

    private JsonObject WriteValues() => new()
    {
        ["batch"] = Batch,
        ["scoreBatch"] = ScoreBatch,
        ["learningRate"] = LearningRate,
        ["warmUpFraction"] = WarmUpFraction,
        ["weightDecay"] = WeightDecay,
        ["labelSmoothing"] = LabelSmoothing,
        ["gradientClip"] = GradientClip,
        ["unusedParameters"] = SkipsUnused ? "skip" : "zeroGradient",
        ["residualScale"] = ResidualScale,
        ["norms"] = HasCalibratedNorms ? "calibrated" : "batch",
    };
}
