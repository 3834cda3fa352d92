using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What `movinet train --dry-run` prints: what a training would be, and what it would take.</summary>
/// <remarks>Clips and what follows from them is null where only the data can say. ClassesFrom tells where their number is from.</remarks>
internal sealed record TrainingPreview(
    string Model, string Network, string Variant, InputShape Input, int Classes, string ClassesFrom, int? TrainingClips, int? ScoreClips, int? TestClips,
    long? UpdatesPerEpoch, long? Updates, IReadOnlyList<PreviewRate>? Rates, Cost Cost, TrainingMemory Memory, TrainingTime? Time,
    double? TrainingHours, string? NotMeasured, string? Init, JsonObject Data, JsonObject Train)
{
    private const int AssumedClasses = 600;
    private static readonly TimeSpan MeasuringLimit = TimeSpan.FromSeconds(12);

    /// <summary>Resolves a plan, and measures a few updates.</summary>
    /// <exception cref="InputException">The network cannot take the clips, or data that are named are unusable.</exception>
    public static TrainingPreview Of(TrainingPlan plan, string experiment, Terminal terminal, CancellationToken cancellation)
    {
        TrainingRun.RequireFit(plan);
        bool needsData = plan.Data is VideoFolderSettings { Folder.Length: 0 };
        var dataset = needsData ? null : DataOpening.Open(plan.Data, plan.Input, terminal, cancellation);
        var published = needsData ? PublishedDataset.Of(experiment, plan.Data) : null;
        int classes = dataset?.Classes.Count ?? published?.Classes ?? AssumedClasses;
        string from = dataset is not null ? dataset.Name : published is not null ? $"{published.Title} as published" : "assumed: only the data can say";
        int? clips = dataset?.Items(Split.Weights).Count ?? published?.TrainingClips;
        long? perEpoch = clips is { } count ? NetworkTrainer.UpdatesOfEpoch(count, plan.Settings.Batch) : null;
        var (time, fault) = Measure(plan, classes, cancellation);
        long? updates = perEpoch * plan.Settings.Epochs;
        return new TrainingPreview(
            plan.Name, plan.Design.Name, plan.Design.VariantName, plan.Input, classes, from, clips, dataset?.Items(Split.Score).Count,
            dataset?.Items(Split.Test).Count ?? published?.EvaluationClips, perEpoch, updates, updates is { } all ? RatesOf(plan.Settings, all) : null,
            CostModel.Of(plan.Design, classes, plan.Input), TrainingMemory.Of(plan.Design, classes, plan.Input, plan.Settings), time,
            updates * time?.Seconds / 3600, fault, plan.Init, plan.Data.ToJson(), plan.Settings.ToJson());
    }

    // What cannot be measured here must not hide what can be told without.
    private static (TrainingTime? Time, string? Fault) Measure(TrainingPlan plan, int classes, CancellationToken cancellation)
    {
        try
        {
            Devices.UseThreads(plan.Threads);
            var device = Devices.Open(plan.Device, plan.Settings.Precision, Devices.TrainKey);
            return (TrainingTime.Measure(plan.Design, classes, plan.Input, plan.Settings, device, MeasuringLimit, cancellation), null);
        }
        catch (Exception e) when (e is InputException or MachineException or ExternalException or OutOfMemoryException)
        {
            return (null, e.Message.Split('\n')[0]);
        }
    }

    private static PreviewRate[] RatesOf(TrainingSettings settings, long updates)
    {
        var rates = settings.Rates(updates);
        long warmUp = (long)(settings.WarmUpFraction * updates);
        return
        [
            .. new[] { 0, warmUp / 2, warmUp, updates / 4, updates / 2, updates * 3 / 4, updates - 1 }.Distinct().Order()
                .Select(update => new PreviewRate(update + 1, rates.At(update))),
        ];
    }
}
