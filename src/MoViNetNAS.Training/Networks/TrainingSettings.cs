using System.Text.Json.Nodes;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>How a stand-alone network is trained.</summary>
/// <param name="Variant">How its layers are built.</param>
/// <param name="Epochs">Passes over the training clips.</param>
/// <param name="Batch">Clips of an update.</param>
/// <param name="Accumulate">Parts in which the clips of an update pass through the network, one after the other, to need less memory.
/// Gradients are those of the whole batch but for batch norms, whose statistics are each part's own.</param>
/// <param name="SubclipFrames">Frames of a sub-clip; stream buffers carry the rest, without gradient. 0 for whole clips.</param>
/// <param name="Optimizer">What moves the weights.</param>
/// <param name="Schedule">How the learning rate falls.</param>
/// <param name="LearningRate">Peak of the schedule.</param>
/// <param name="WarmUpFraction">Share of the updates in which the rate rises.</param>
/// <param name="WeightDecay">Decay of convolution kernels: beside the gradient with AdamW, part of it with the others, which spare the classifier's.</param>
/// <param name="LabelSmoothing">Share of the target spread over all classes.</param>
/// <param name="Dropout">Share of the classifier's hidden units dropped.</param>
/// <param name="StochasticDepth">Drop rate of the last layer.</param>
/// <param name="GradientClip">Largest joint norm of the gradients; 0 for none.</param>
/// <param name="GradientClipEach">Largest norm of each parameter's gradient; 0 for none, 1 for the published networks.</param>
/// <param name="AverageDecay">Memory of the moving average of the weights, which then is what is evaluated and saved; 0 for none.</param>
/// <param name="ResidualScale">First value of the factor on residual branches; 0 in the published networks, 1 for short trainings.</param>
public sealed record TrainingSettings(
    NetworkVariant Variant, int Epochs, int Batch, int Accumulate, int SubclipFrames, OptimizerSettings Optimizer, RateScheduleType Schedule,
    double LearningRate, double WarmUpFraction, double WeightDecay, double LabelSmoothing, double Dropout, double StochasticDepth,
    double GradientClip, double GradientClipEach, double AverageDecay, double ResidualScale)
{
    private static readonly Dictionary<string, FreezeType> FreezeTypes = new()
    {
        ["none"] = FreezeType.None,
        ["backbone"] = FreezeType.Backbone,
        ["all-but-classifier"] = FreezeType.AllButClassifier,
    };

    private static readonly Dictionary<string, RateScheduleType> Schedules = new()
    {
        ["cosineAfterWarmUp"] = RateScheduleType.CosineAfterWarmUp,
        ["cosineThroughout"] = RateScheduleType.CosineThroughout,
    };

    /// <summary>What a file need not state.</summary>
    public static TrainingSettings Default { get; } = new(
        NetworkVariant.Causal, Epochs: 10, Batch: 32, Accumulate: 1, SubclipFrames: 0, new AdamWSettings(), RateScheduleType.CosineAfterWarmUp,
        LearningRate: 4e-3, WarmUpFraction: 0.05, WeightDecay: 4e-5, LabelSmoothing: 0.1, Dropout: 0.2, StochasticDepth: 0,
        GradientClip: 0, GradientClipEach: 0, AverageDecay: 0, ResidualScale: 0);

    /// <summary>When to end before the last epoch; null to train to the end.</summary>
    public EarlyStopSettings? EarlyStop { get; init; }

    /// <summary>Which part of the network stays as it is.</summary>
    public FreezeType Freeze { get; init; }

    /// <summary>Whether norms get the statistics of training clips before a network is scored. Their running averages remember their first values
    /// for hundreds of updates (0.99 to the power of 200 is 13 %), which a short training is spoilt by; a long one gains nothing.</summary>
    public bool CalibratesNorms { get; init; } = true;

    /// <summary>What the passes of updates compute in. Weights, moments and files are float32 in either, and the network is scored in float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether the epochs are written for TensorBoard too.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Reads the "train" section of an experiment.</summary>
    public static TrainingSettings Read(ConfigNode node)
    {
        var o = node.Object(
            "variant", "epochs", "batch", "accumulate", "subclipFrames", "optimizer", "schedule", "learningRate", "warmUpFraction",
            "weightDecay", "labelSmoothing", "dropout", "stochasticDepth", "gradientClip", "gradientClipEach", "averageDecay", "residualScale",
            "earlyStop", "freeze", "calibrateNorms", "tensorBoard", "precision");
        var settings = new TrainingSettings(
            o.Optional("variant", VariantFile.Read, Default.Variant),
            o.Optional("epochs", n => n.Int(1, 1_000_000), Default.Epochs),
            o.Optional("batch", n => n.Int(1, 100_000), Default.Batch),
            o.Optional("accumulate", n => n.Int(1, 100_000), Default.Accumulate),
            o.Optional("subclipFrames", n => n.Int(0, 10_000), Default.SubclipFrames),
            o.Optional("optimizer", OptimizerSettings.Read, Default.Optimizer),
            o.Optional("schedule", n => n.OneOf(Schedules), Default.Schedule),
            o.Optional("learningRate", n => n.Number(1e-9, 100), Default.LearningRate),
            o.Optional("warmUpFraction", n => n.Number(0, 0.99), Default.WarmUpFraction),
            o.Optional("weightDecay", n => n.Number(0, 10), Default.WeightDecay),
            o.Optional("labelSmoothing", n => n.Number(0, 0.99), Default.LabelSmoothing),
            o.Optional("dropout", n => n.Number(0, 0.99), Default.Dropout),
            o.Optional("stochasticDepth", n => n.Number(0, 0.99), Default.StochasticDepth),
            o.Optional("gradientClip", n => n.Number(0, 1e6), Default.GradientClip),
            o.Optional("gradientClipEach", n => n.Number(0, 1e6), Default.GradientClipEach),
            o.Optional("averageDecay", n => n.Number(0, 0.9999999), Default.AverageDecay),
            o.Optional("residualScale", n => n.Number(0, 10), Default.ResidualScale))
        {
            EarlyStop = o.Optional("earlyStop", EarlyStopSettings.Read, null),
            Freeze = o.Optional("freeze", n => n.OneOf(FreezeTypes), FreezeType.None),
            CalibratesNorms = o.Optional("calibrateNorms", n => n.Bool(), true),
            TensorBoard = o.Optional("tensorBoard", n => n.Bool(), false),
            Precision = o.Optional("precision", n => n.OneOf(PrecisionNames.All), Precision.Float32),
        };
        if (settings is { SubclipFrames: > 0, Variant.CanStream: false })
            node.Fail($"has subclipFrames {settings.SubclipFrames}, which needs a causal variant, not '{settings.Variant.Name}'");
        if (settings.Accumulate > settings.Batch)
            node.Fail($"has accumulate {settings.Accumulate}, more parts than the clips of its batch, {settings.Batch}");
        return settings;
    }

    /// <summary>The learning rates of a training of <paramref name="updates"/> updates.</summary>
    public IRateSchedule Rates(long updates)
    {
        long warmUp = (long)(WarmUpFraction * updates);
        return Schedule switch
        {
            RateScheduleType.CosineThroughout => new ThroughoutCosineSchedule(LearningRate, updates, warmUp),
            _ => new CosineSchedule(LearningRate, updates, warmUp),
        };
    }

    /// <summary>The section as JSON that <see cref="Read"/> reads back.</summary>
    public JsonObject ToJson()
    {
        var json = WriteValues();
        if (EarlyStop is not null) json["earlyStop"] = EarlyStop.ToJson();
        if (Freeze != FreezeType.None) json["freeze"] = FreezeTypes.First(entry => entry.Value == Freeze).Key;
        if (!CalibratesNorms) json["calibrateNorms"] = false;
        if (TensorBoard) json["tensorBoard"] = true;
        if (Precision != Precision.Float32) json["precision"] = PrecisionNames.Of(Precision);
        return json;
    }

    private JsonObject WriteValues() => new()
    {
        ["variant"] = VariantFile.Write(Variant),
        ["epochs"] = Epochs,
        ["batch"] = Batch,
        ["accumulate"] = Accumulate,
        ["subclipFrames"] = SubclipFrames,
        ["optimizer"] = Optimizer.ToJson(),
        ["schedule"] = Schedules.First(entry => entry.Value == Schedule).Key,
        ["learningRate"] = LearningRate,
        ["warmUpFraction"] = WarmUpFraction,
        ["weightDecay"] = WeightDecay,
        ["labelSmoothing"] = LabelSmoothing,
        ["dropout"] = Dropout,
        ["stochasticDepth"] = StochasticDepth,
        ["gradientClip"] = GradientClip,
        ["gradientClipEach"] = GradientClipEach,
        ["averageDecay"] = AverageDecay,
        ["residualScale"] = ResidualScale,
    };
}
