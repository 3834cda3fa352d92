using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The epochs of a training as files in its folder: <c>log.jsonl</c>, <c>curve.csv</c> and, where asked for, events for TensorBoard.</summary>
/// <remarks>They are written anew from the checkpoint's log when a training goes on, so no epoch is in them twice, or missing.</remarks>
internal sealed class TrainingFiles
{
    private const string Header = "epoch,update,loss,learningRate,top1,seconds";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly string _folder;
    private readonly TrainingLog _log;
    private readonly EventFile? _events;

    /// <exception cref="MachineException">They cannot be written.</exception>
    public TrainingFiles(string folder, TrainingLog log, bool hasEvents)
    {
        (_folder, _log) = (folder, log);
        if (hasEvents) _events = new EventFile(Path.Combine(folder, "tensorboard", "events.out.tfevents.0.movinet"), log.Epochs.SelectMany(Points));
        if (log.Epochs.Count > 0) Write();
    }

    /// <summary>Adds the epoch that the log has got.</summary>
    public void Add(EpochRecord epoch)
    {
        Write();
        _events?.Add(Points(epoch));
    }

    private void Write()
    {
        AtomicFile.WriteText(Path.Combine(_folder, "log.jsonl"), string.Concat(_log.Epochs.Select(epoch => JsonSerializer.Serialize(epoch, Format) + "\n")));
        AtomicFile.WriteText(Path.Combine(_folder, "curve.csv"), string.Join('\n', _log.Epochs.Select(Line).Prepend(Header)) + "\n");
    }

    private static string Line(EpochRecord epoch) => string.Create(
        CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Update},{epoch.Loss:R},{epoch.LearningRate:R},{epoch.Top1:R},{epoch.Seconds:R}");

    private static IEnumerable<EventPoint> Points(EpochRecord epoch)
    {
        yield return new EventPoint(epoch.EndedUtc, epoch.Update, "train/loss", epoch.Loss);
        yield return new EventPoint(epoch.EndedUtc, epoch.Update, "train/learningRate", epoch.LearningRate);
        if (epoch.Top1 is { } top1) yield return new EventPoint(epoch.EndedUtc, epoch.Update, "score/top1", top1);
    }
}
