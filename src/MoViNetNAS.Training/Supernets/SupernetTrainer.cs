using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Trains the shared weights of a supernet and scores architectures with them: the evaluator of a search.</summary>
/// <remarks>Batches are functions of the seed and the step's number, so a resumed search sees the same clips.
/// Source: TuNAS (arXiv 2008.06120), Algorithm 1.</remarks>
public sealed class SupernetTrainer : IArchitectureEvaluator, IDisposable
{
    private readonly Supernet _supernet;
    private readonly IClipDataset _dataset;
    private readonly SupernetSettings _settings;
    private readonly RandomStream _seed;
    private readonly Device _device;
    private readonly AdamW _optimizer;
    private readonly CosineSchedule _schedule;
    private BatchQueue? _training, _scoring;
    private double _secondsWaitedBefore;
    private List<(Tensor Clips, Tensor Labels, int Counted)>? _heldOut;

    /// <param name="supernet">The shared weights; the caller disposes them.</param>
    /// <param name="dataset">Clips; <see cref="Split.Weights"/> trains, <see cref="Split.Score"/> scores.</param>
    /// <param name="settings">How.</param>
    /// <param name="steps">Length of the search.</param>
    /// <param name="seed">Draws batches.</param>
    /// <param name="device">Where the supernet is.</param>
    public SupernetTrainer(
        Supernet supernet, IClipDataset dataset, SupernetSettings settings, int steps, RandomStream seed, Device device)
    {
        (_supernet, _dataset, _settings, _seed, _device) = (supernet, dataset, settings, seed, device);
        _optimizer = new AdamW(supernet.named_parameters(), settings.WeightDecay);
        _schedule = new CosineSchedule(settings.LearningRate, steps, (long)(settings.WarmUpFraction * steps));
    }

    /// <inheritdoc/>
    public int ScoreClips => _settings.ScoreBatch;

    /// <inheritdoc/>
    public int HeldOutClips => _dataset.Items(Split.Score).Count;

    /// <summary>Seconds in which a step waited for clips.</summary>
    public double SecondsWaited => _secondsWaitedBefore + (_training?.SecondsWaited ?? 0) + (_scoring?.SecondsWaited ?? 0);

    /// <summary>Weights and moments, for a checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => Weights.Concat(_optimizer.State);

    /// <summary>The shared weights by name.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Weights =>
        _supernet.named_parameters().Select(p => new KeyValuePair<string, Tensor>(p.name, p.parameter));

    /// <summary>Continues from saved weights and moments.</summary>
    /// <param name="state">What <see cref="State"/> was.</param>
    /// <param name="updates">Steps made so far.</param>
    /// <param name="file">What mistakes call the file it came from.</param>
    /// <exception cref="InputException">A tensor is missing or has another shape.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state, long updates, string file)
    {
        SavedTensors.Copy(Weights, state, file);
        _optimizer.Load(state, updates, file);
    }

    /// <inheritdoc/>
    public double Train(int step, IReadOnlyList<SubnetPath> paths)
    {
        OpenAt(ref _training, Split.Weights, _settings.Batch, "weights", (long)step * paths.Count, capacity: 2 * paths.Count);
        _optimizer.ClearGradients(keepZeros: !_settings.SkipsUnused);
        double sum = 0;
        foreach (var path in paths)
        {
            using var scope = NewDisposeScope();
            var batch = _training!.Next();
            var logits = _supernet.Classify(ClipTensors.Of(batch, _device), path);
            var loss = nn.functional.cross_entropy(logits, ClipTensors.Labels(batch, _device), label_smoothing: _settings.LabelSmoothing);
            loss.div(Scalars.Of(paths.Count)).backward();
            sum += loss.item<float>();
        }

        if (_settings.GradientClip > 0) _optimizer.ClipGradients(_settings.GradientClip);
        _optimizer.Step(_schedule.At(step));
        return sum / paths.Count;
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Score(int step, IReadOnlyList<SubnetPath> paths)
    {
        OpenAt(ref _scoring, Split.Score, _settings.ScoreBatch, "score", step, capacity: 2);
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        var batch = _scoring!.Next();
        var clips = ClipTensors.Of(batch, _device);
        var labels = ClipTensors.Labels(batch, _device);
        return [.. paths.Select(path =>
        {
            using var inner = NewDisposeScope();
            return (double)ClipTensors.CountRight(_supernet.Classify(clips, path), labels) / batch.Labels.Length;
        })];
    }

    /// <inheritdoc/>
    public double ScoreHeldOut(Architecture architecture)
    {
        using var unrecorded = no_grad();
        _heldOut ??= ReadHeldOut();
        var path = SubnetPath.Of(architecture);
        int right = 0;
        foreach (var (clips, labels, counted) in _heldOut)
        {
            using var scope = NewDisposeScope();
            var logits = _supernet.Classify(clips, path);
            right += ClipTensors.CountRight(logits.narrow(0, 0, counted), labels.narrow(0, 0, counted));
        }

        return (double)right / HeldOutClips;
    }

    /// <summary>Stops reading ahead and releases moments and held-out clips; the supernet stays.</summary>
    public void Dispose()
    {
        _training?.Dispose();
        _scoring?.Dispose();
        _optimizer.Dispose();
        foreach (var (clips, labels, _) in _heldOut ?? [])
        {
            clips.Dispose();
            labels.Dispose();
        }
    }

    // Steps come in order, so the queue that reads ahead is right but for the first time, and when a step is asked for again.
    private void OpenAt(ref BatchQueue? queue, Split split, int batch, string purpose, long number, int capacity)
    {
        if (queue?.NextNumber == number) return;
        _secondsWaitedBefore += queue?.SecondsWaited ?? 0;
        queue?.Dispose();
        queue = new BatchQueue(new BatchSchedule(_dataset, split, batch, _seed.Derive(purpose)), number, capacity);
    }

    // Batch norms use the statistics of the batch, so every batch is full: the last one is filled up with clips that are not counted.
    private List<(Tensor Clips, Tensor Labels, int Counted)> ReadHeldOut()
    {
        int count = HeldOutClips, size = Math.Min(_settings.ScoreBatch, count);
        var schedule = new BatchSchedule(_dataset, Split.Score, size, _seed.Derive("held-out"));
        return [.. Enumerable.Range(0, (count + size - 1) / size).Select(number =>
        {
            var batch = schedule.Read(number);
            return (
                ClipTensors.Of(batch, _device).DetachFromDisposeScope(), ClipTensors.Labels(batch, _device).DetachFromDisposeScope(),
                Math.Min(size, count - number * size));
        })];
    }
}
