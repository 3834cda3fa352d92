using System.Diagnostics;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Trains a stand-alone network, over whole clips or through stream buffers.</summary>
/// <remarks>An update follows the gradients of a batch, made in one or more parts. Batches and dropped units are functions of the seed
/// and the update's number, so a resumed training repeats itself. An update whose loss or gradients are not finite ends the training
/// and changes nothing. What is frozen runs as in evaluation and is not touched.</remarks>
public sealed class NetworkTrainer : IDisposable
{
    private const string UpdatesKey = "updates", LogKey = "log";
    private readonly VideoNetwork _network;
    private readonly IClipDataset _dataset;
    private readonly TrainingSettings _settings;
    private readonly RandomStream _seed;
    private readonly BatchGradients _gradients;
    private readonly IOptimizer _optimizer;
    private readonly IRateSchedule _schedule;
    private readonly RunningAverages _runningAverages;
    private readonly WeightAverage? _average;
    private bool _isAverageInUse;
    private string _kept = "";

    /// <param name="network">The caller disposes it.</param>
    /// <param name="dataset">Its <see cref="Split.Weights"/> trains; its heads decide the loss.</param>
    /// <param name="settings">How.</param>
    /// <param name="seed">Draws batches and dropped units.</param>
    /// <param name="device">Where the network is.</param>
    /// <exception cref="InputException">It is to stop early, and there are no clips to score.</exception>
    public NetworkTrainer(VideoNetwork network, IClipDataset dataset, TrainingSettings settings, RandomStream seed, Device device)
    {
        if (settings.EarlyStop is not null && dataset.Items(Split.Score).Count == 0)
            throw new InputException($"train.earlyStop watches top-1 on the split 'score', of which data set '{dataset.Name}' has no clips.");
        (_network, _dataset, _settings, _seed) = (network, dataset, settings, seed);
        _gradients = new BatchGradients(network, dataset.Heads, settings, device);
        var parameters = network.named_parameters().ToLookup(entry => FrozenParts.Contains(settings.Freeze, entry.name));
        foreach (var (_, parameter) in parameters[true]) parameter.requires_grad = false;
        _optimizer = settings.Optimizer.For(parameters[false], settings.WeightDecay);
        _runningAverages = new RunningAverages(network);
        if (settings.AverageDecay > 0) _average = new WeightAverage(network, settings.AverageDecay, settings.Freeze);
        UpdatesPerEpoch = UpdatesOfEpoch(dataset.Items(Split.Weights).Count, settings.Batch);
        Updates = UpdatesPerEpoch * settings.Epochs;
        _schedule = settings.Rates(Updates);
    }

    /// <summary>Updates of a pass over <paramref name="clips"/> clips: whole batches, one at least.</summary>
    public static long UpdatesOfEpoch(int clips, int batch) => Math.Max(1, clips / batch);

    /// <summary>Updates of a pass over the training clips.</summary>
    public long UpdatesPerEpoch { get; }

    /// <summary>Updates of the whole training.</summary>
    public long Updates { get; }

    /// <summary>Updates made so far.</summary>
    public long UpdatesMade => _optimizer.Updates;

    /// <summary>Clips that could not be read when their turn came, since this trainer was made; updates go on without them.</summary>
    public SkippedClips Skipped { get; } = new();

    /// <summary>The epochs so far.</summary>
    public TrainingLog Log { get; } = new();

    /// <summary>Whether it has ended before its last epoch: its score has not become better for so long as the settings say.</summary>
    public bool IsStoppedEarly => _settings.EarlyStop is { } stop && Log.EpochsSinceBest >= stop.Patience;

    /// <summary>Trains to the end, reporting after every epoch.</summary>
    /// <remarks>An epoch that was stopped before <paramref name="afterEpoch"/> had called <see cref="EndEpoch"/> is ended first.</remarks>
    /// <exception cref="OperationCanceledException">Stopped after the current update; <see cref="Save"/> keeps what was reached.</exception>
    /// <exception cref="MachineException">More than half of the clips of the next update cannot be read, or its loss or a gradient is not finite; network and moments are as before it.</exception>
    public void Run(Action<TrainingReport> afterUpdate, Action afterEpoch, CancellationToken cancellation)
    {
        using var queue = new BatchQueue(
            new BatchSchedule(_dataset, Split.Weights, _settings.Batch, _seed.Derive("clips"), skipsUnreadable: true), UpdatesMade, capacity: 4);
        if (Log.OpenUpdates == UpdatesPerEpoch) afterEpoch();
        while (UpdatesMade < Updates && !IsStoppedEarly)
        {
            cancellation.ThrowIfCancellationRequested();
            long began = Stopwatch.GetTimestamp();
            ClipBatch batch = queue.Next(cancellation);
            Skipped.Add(batch);
            double loss = Update(batch);
            Log.Add(loss, Stopwatch.GetElapsedTime(began).TotalSeconds);
            afterUpdate(new TrainingReport(UpdatesMade, Updates, loss, queue.SecondsWaited));
            if (UpdatesMade % UpdatesPerEpoch == 0) afterEpoch();
        }
    }

    /// <summary>Notes that an epoch has ended, before the checkpoint of its end is saved.</summary>
    /// <param name="top1">Top-1 on the score split, where it was measured.</param>
    /// <param name="time">When.</param>
    public EpochRecord EndEpoch(double? top1, DateTimeOffset time) =>
        Log.End((int)(UpdatesMade / UpdatesPerEpoch), UpdatesMade, _schedule.At(UpdatesMade - 1), top1, time);

    /// <summary>Writes the weights that the network has now: the averaged ones while they are in use.</summary>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public void SaveWeights(string path) =>
        SafetensorsFile.Write(path, [.. ModelCheckpoint.Tensors(_network)], new Dictionary<string, string> { [UpdatesKey] = $"{UpdatesMade}" });

    /// <summary>Puts the weights of <see cref="SaveWeights"/> into the network.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or of another network.</exception>
    public void LoadWeights(string path)
    {
        var (tensors, _) = SafetensorsFile.Read(path);
        SavedTensors.Copy(ModelCheckpoint.Tensors(_network), tensors, path);
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    /// <summary>Puts the averaged weights in the network, to be evaluated or saved as a model, until the result is disposed.</summary>
    /// <returns>Puts the trained weights back. Without an average both do nothing.</returns>
    /// <exception cref="InvalidOperationException">They are in it already.</exception>
    public IDisposable UseAverage()
    {
        ThrowIfAverageInUse();
        return new AverageInUse(this);
    }

    /// <summary>Writes weights, running averages, moments and averaged weights, to be continued by <see cref="Load"/>.</summary>
    /// <exception cref="MachineException">The file cannot be written, or would not be worth it: a tensor is not finite. An older one is left as it was.</exception>
    /// <exception cref="InvalidOperationException">The averaged weights are in the network.</exception>
    public void Save(string path)
    {
        ThrowIfAverageInUse();
        KeyValuePair<string, Tensor>[] tensors = [.. ModelCheckpoint.Tensors(_network), .. Moments];
        if (FirstBroken(tensors) is { } name) throw new MachineException($"after update {UpdatesMade} of {Updates} the tensor '{name}' holds NaN or an infinity; {path} was not written{_kept}.");
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { [UpdatesKey] = $"{UpdatesMade}", [LogKey] = Log.ToJson() });
        _kept = $"; the last checkpoint is {path}, after update {UpdatesMade}";
    }

    /// <summary>Continues a training from <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or of another network or optimizer.</exception>
    public void Load(string path)
    {
        var (tensors, metadata) = SafetensorsFile.Read(path);
        string? updates = metadata.GetValueOrDefault(UpdatesKey);
        if (!long.TryParse(updates, out long made) || made < 0)
            throw new InputException($"{path}: no saved training: its '{UpdatesKey}' should be a number, and is '{updates}'.");
        Log.Load(metadata.GetValueOrDefault(LogKey), path);
        SavedTensors.Copy(ModelCheckpoint.Tensors(_network), tensors, path);
        if (_average is not null) SavedTensors.Copy(_average.State, tensors, path);
        _optimizer.Load(tensors, made, path);
        foreach (var tensor in tensors.Values) tensor.Dispose();
        _kept = $"; the last checkpoint is {path}, after update {made}";
    }

    /// <summary>Releases the moments and the averaged weights; the network stays.</summary>
    public void Dispose()
    {
        _optimizer.Dispose();
        _runningAverages.Dispose();
        _average?.Dispose();
    }

    internal IEnumerable<KeyValuePair<string, Tensor>> Moments => _optimizer.State.Concat(_average?.State ?? []);

    /// <summary>Makes one update from <paramref name="batch"/>; <see cref="Run"/> does so with those of the seed.</summary>
    /// <returns>The mean loss of the batch before it.</returns>
    /// <exception cref="MachineException">The loss or a gradient is not finite; network and moments are as before.</exception>
    public double Update(ClipBatch batch)
    {
        ThrowIfAverageInUse();
        using var scope = NewDisposeScope();
        _runningAverages.Keep();
        _optimizer.Gradients.Clear();
        bool isWhole = _settings.Freeze == FreezeType.None;
        var mode = new ForwardMode(
            isWhole ? NormMode.Training : NormMode.Evaluation, _settings.Dropout, isWhole ? _settings.StochasticDepth : 0, _seed.Derive("drop", UpdatesMade),
            _settings.Precision);
        double loss = _gradients.Add(batch, mode);
        if (!double.IsFinite(loss)) throw Broken($"the loss is {(double.IsNaN(loss) ? "NaN" : "infinite")}");
        if (_optimizer.Gradients.FirstBroken() is { } name) throw Broken($"the gradient of '{name}' is not finite");
        _optimizer.Step(_schedule.At(UpdatesMade), new GradientLimits(_settings.GradientClip, _settings.GradientClipEach));
        _average?.Take(UpdatesMade);
        return loss;
    }

    private MachineException Broken(string what)
    {
        _runningAverages.Restore();
        _optimizer.Gradients.Clear();
        return new MachineException(
            $"update {UpdatesMade + 1} of {Updates}: {what}; nothing was changed by it and the training ends here{_kept}. " +
            "A lower learningRate, a longer warm-up or a gradientClip may help.");
    }

    private static string? FirstBroken(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var scope = NewDisposeScope();
        return tensors.FirstOrDefault(entry => !entry.Value.isfinite().all().item<bool>()).Key;
    }

    private void ThrowIfAverageInUse()
    {
        if (_isAverageInUse) throw new InvalidOperationException("The averaged weights are in the network: dispose what UseAverage returned first.");
    }

    private sealed class AverageInUse : IDisposable
    {
        private readonly NetworkTrainer _trainer;
        private bool _isOver;

        public AverageInUse(NetworkTrainer trainer)
        {
            _trainer = trainer;
            _trainer._average?.Swap();
            _trainer._isAverageInUse = true;
        }

        public void Dispose()
        {
            if (_isOver) return;
            _isOver = true;
            _trainer._average?.Swap();
            _trainer._isAverageInUse = false;
        }
    }
}
