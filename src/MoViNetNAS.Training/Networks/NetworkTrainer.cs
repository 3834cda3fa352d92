using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Trains a stand-alone network, over whole clips or through stream buffers.</summary>
/// <remarks>With sub-clips each one's loss counts equally, gradients are added up and do not flow through the buffers, and one update
/// follows. Source: MoViNets (arXiv 2103.11511), section 3.2. Batches and dropped units are functions of the seed and the update's
/// number, so a resumed training repeats itself.</remarks>
public sealed class NetworkTrainer : IDisposable
{
    private const string UpdatesKey = "updates";
    private readonly VideoNetwork _network;
    private readonly IClipDataset _dataset;
    private readonly TrainingSettings _settings;
    private readonly RandomStream _seed;
    private readonly Device _device;
    private readonly AdamW _optimizer;
    private readonly CosineSchedule _schedule;

    /// <param name="network">The caller disposes it.</param>
    /// <param name="dataset">Its <see cref="Split.Weights"/> trains.</param>
    /// <param name="settings">How.</param>
    /// <param name="seed">Draws batches and dropped units.</param>
    /// <param name="device">Where the network is.</param>
    public NetworkTrainer(VideoNetwork network, IClipDataset dataset, TrainingSettings settings, RandomStream seed, Device device)
    {
        (_network, _dataset, _settings, _seed, _device) = (network, dataset, settings, seed, device);
        _optimizer = new AdamW(network.named_parameters(), settings.WeightDecay);
        UpdatesPerEpoch = Math.Max(1, dataset.Items(Split.Weights).Count / settings.Batch);
        Updates = UpdatesPerEpoch * settings.Epochs;
        _schedule = new CosineSchedule(settings.LearningRate, Updates, (long)(settings.WarmUpFraction * Updates));
    }

    /// <summary>Updates of a pass over the training clips.</summary>
    public long UpdatesPerEpoch { get; }

    /// <summary>Updates of the whole training.</summary>
    public long Updates { get; }

    /// <summary>Updates made so far.</summary>
    public long UpdatesMade => _optimizer.Updates;

    /// <summary>Trains to the end, reporting after every epoch.</summary>
    /// <exception cref="OperationCanceledException">Stopped after the current update; <see cref="Save"/> keeps what was reached.</exception>
    public void Run(Action<TrainingReport> afterUpdate, Action afterEpoch, CancellationToken cancellation)
    {
        using var queue = new BatchQueue(
            new BatchSchedule(_dataset, Split.Weights, _settings.Batch, _seed.Derive("clips")), UpdatesMade, capacity: 4);
        while (UpdatesMade < Updates)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = Update(queue.Next(cancellation));
            afterUpdate(new TrainingReport(UpdatesMade, Updates, loss, queue.SecondsWaited));
            if (UpdatesMade % UpdatesPerEpoch == 0) afterEpoch();
        }
    }

    /// <summary>Writes weights, running averages and moments, to be continued by <see cref="Load"/>.</summary>
    public void Save(string path) => SafetensorsFile.Write(
        path, [.. ModelCheckpoint.Tensors(_network), .. _optimizer.State], new Dictionary<string, string> { [UpdatesKey] = $"{UpdatesMade}" });

    /// <summary>Continues a training from <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or of another network.</exception>
    public void Load(string path)
    {
        var (tensors, metadata) = SafetensorsFile.Read(path);
        string? updates = metadata.GetValueOrDefault(UpdatesKey);
        if (!long.TryParse(updates, out long made) || made < 0)
            throw new InputException($"{path}: no saved training: its '{UpdatesKey}' should be a number, and is '{updates}'.");
        SavedTensors.Copy(ModelCheckpoint.Tensors(_network), tensors, path);
        _optimizer.Load(tensors, made, path);
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    /// <summary>Releases the moments; the network stays.</summary>
    public void Dispose() => _optimizer.Dispose();

    internal double Update(ClipBatch batch)
    {
        using var scope = NewDisposeScope();
        _optimizer.ClearGradients();
        var clips = ClipTensors.Of(batch, _device);
        var labels = ClipTensors.Labels(batch, _device);
        var mode = new ForwardMode(
            NormMode.Training, _settings.Dropout, _settings.StochasticDepth, _seed.Derive("drop", UpdatesMade));
        double loss = _settings.SubclipFrames == 0 ? WholeClip(clips, labels, mode) : Subclips(clips, labels, mode);
        if (_settings.GradientClip > 0) _optimizer.ClipGradients(_settings.GradientClip);
        _optimizer.Step(_schedule.At(UpdatesMade));
        return loss;
    }

    private double WholeClip(Tensor clips, Tensor labels, ForwardMode mode)
    {
        var loss = Loss(_network.Classify(clips, mode), labels);
        loss.backward();
        return loss.item<float>();
    }

    private double Subclips(Tensor clips, Tensor labels, ForwardMode mode)
    {
        long frames = clips.shape[2];
        long count = (frames + _settings.SubclipFrames - 1) / _settings.SubclipFrames;
        double sum = 0;
        var state = _network.InitialState(clips.shape[0], (int)clips.shape[3]);
        for (long start = 0; start < frames; start += _settings.SubclipFrames)
        {
            using var scope = NewDisposeScope();
            var subclip = clips.narrow(2, start, Math.Min(_settings.SubclipFrames, frames - start));
            var (logits, next) = _network.Step(subclip, state, mode);
            var loss = Loss(logits, labels).div(Scalars.Of(count));
            loss.backward();
            sum += loss.item<float>();
            state.Dispose();
            state = next.DetachFromDisposeScope();
        }

        state.Dispose();
        return sum;
    }

    private Tensor Loss(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(logits, labels, label_smoothing: _settings.LabelSmoothing);
}
