using System.Text.Json;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>The epochs of a training so far, and what is known of the one that goes on; kept in its checkpoint.</summary>
/// <remarks>When to stop early follows from it, so a resumed training stops where an uninterrupted one does.</remarks>
public sealed class TrainingLog
{
    private readonly List<EpochRecord> _epochs = [];
    private double _losses, _seconds;
    private long _updates;

    /// <summary>The epochs that have ended.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The epoch of the best score, the first of equals; null when none was scored.</summary>
    public EpochRecord? Best => _epochs.Where(epoch => epoch.Top1 is not null).MaxBy(epoch => epoch.Top1);

    /// <summary>Epochs since the best one.</summary>
    public int EpochsSinceBest => Best is { } best ? _epochs[^1].Epoch - best.Epoch : 0;

    /// <summary>Updates that are in no epoch of <see cref="Epochs"/> yet.</summary>
    internal long OpenUpdates => _updates;

    internal void Add(double loss, double seconds)
    {
        _losses += loss;
        _seconds += seconds;
        _updates++;
    }

    internal EpochRecord End(int epoch, long update, double learningRate, double? top1, DateTimeOffset time)
    {
        var record = new EpochRecord(epoch, update, _losses / _updates, learningRate, top1, Math.Round(_seconds, 3), time);
        _epochs.Add(record);
        (_losses, _seconds, _updates) = (0, 0, 0);
        return record;
    }

    internal string ToJson() => JsonSerializer.Serialize(new Saved(_epochs, _losses, _seconds, _updates));

    // A checkpoint of before there was a log has none.
    internal void Load(string? json, string file)
    {
        try
        {
            var saved = (json is null ? null : JsonSerializer.Deserialize<Saved>(json)) ?? new Saved([], 0, 0, 0);
            _epochs.Clear();
            _epochs.AddRange(saved.Epochs);
            (_losses, _seconds, _updates) = (saved.Losses, saved.Seconds, saved.Updates);
        }
        catch (JsonException e)
        {
            throw new InputException($"{file}: no saved training: its log of epochs cannot be read ({e.Message}).");
        }
    }

    private sealed record Saved(IReadOnlyList<EpochRecord> Epochs, double Losses, double Seconds, long Updates);
}
