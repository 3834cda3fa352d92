using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Trains the shared weights of a supernet and scores architectures with them: the evaluator of a search.</summary>
/// <remarks>Batches are functions of the seed and the step's number, so a resumed search sees the same clips. The candidates of a step
/// are trained and scored side by side on the processor's cores, their gradients added in their order.
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
    private readonly PathWorkers _workers;
    private readonly PathGradients _gradients;
    private BatchQueue? _training, _scoring;
    private double _secondsWaitedBefore;
    private List<(Tensor Clips, Tensor Labels, int Counted)>? _heldOut;

    /// <param name="supernet">The shared weights; the caller disposes them.</param>
    /// <param name="dataset">Clips; <see cref="Split.Weights"/> trains, <see cref="Split.Score"/> scores.</param>
    /// <param name="settings">How.</param>
    /// <param name="steps">Length of the search.</param>
    /// <param name="candidates">Paths of a step.</param>
    /// <param name="seed">Draws batches.</param>
    /// <param name="device">Where the supernet is.</param>
    /// <exception cref="InputException">The clips have several labels.</exception>
    public SupernetTrainer(
        Supernet supernet, IClipDataset dataset, SupernetSettings settings, int steps, int candidates, RandomStream seed, Device device)
    {
        if (dataset.Heads is not [{ IsMultiLabel: false }])
        {
            string heads = string.Join(", ", dataset.Heads.Select(head => head.IsMultiLabel ? $"any number of '{head.Name}'" : $"one '{head.Name}'"));
            throw new InputException($"a search needs exactly one class a clip: the clips of data set '{dataset.Name}' have {heads}.");
        }

        (_supernet, _dataset, _settings, _seed, _device) = (supernet, dataset, settings, seed, device);
        _optimizer = new AdamW(supernet.named_parameters(), settings.WeightDecay);
        _schedule = new CosineSchedule(settings.LearningRate, steps, (long)(settings.WarmUpFraction * steps));
        _gradients = new PathGradients(supernet.parameters());
        _workers = new PathWorkers(device.type == DeviceType.CPU ? candidates : 1);
    }

    /// <inheritdoc/>
    public int ScoreClips => _settings.ScoreBatch;

    /// <inheritdoc/>
    public int HeldOutClips => _dataset.Items(Split.Score).Count;

    /// <summary>Training clips that the norms of an architecture see before it is scored on the whole held-out split; 0 with batch statistics.</summary>
    public int CalibrationClips => _settings.HasCalibratedNorms
        ? NormCalibration.BatchesOf(_dataset.Items(Split.Weights).Count, _settings.Batch) * _settings.Batch
        : 0;

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
        ClipBatch[] batches = [.. paths.Select(_ => _training!.Next())];
        double[] losses = new double[paths.Count];
        _gradients.Begin(paths.Count);
        _workers.Run(paths.Count, k =>
        {
            using var scope = NewDisposeScope();
            var logits = _supernet.Classify(Chosen(ClipTensors.Of(batches[k], _device), paths[k]), paths[k], _settings.Precision);
            var loss = nn.functional.cross_entropy(logits, ClipTensors.Labels(batches[k], _device), label_smoothing: _settings.LabelSmoothing);
            losses[k] = loss.item<float>();
            _gradients.Take(k, loss.div(Scalars.Of(paths.Count)), _supernet.ParametersOf(paths[k]));
        });
        Update(step);
        return losses.Average();
    }

    /// <inheritdoc/>
    /// <remarks>Source: BigNAS (arXiv 2003.11142), in-place distillation: cross-entropy against the largest network's probabilities.</remarks>
    public double TrainDistilled(int step, IReadOnlyList<SubnetPath> paths)
    {
        OpenAt(ref _training, Split.Weights, _settings.Batch, "weights", step, capacity: 2);
        using var scope = NewDisposeScope();
        var batch = _training!.Next();
        var clips = ClipTensors.Of(batch, _device);
        double[] losses = new double[paths.Count];
        _gradients.Begin(paths.Count);
        var taught = Teach(clips, ClipTensors.Labels(batch, _device), paths, out losses[0]);
        _workers.Run(paths.Count - 1, i =>
        {
            using var own = NewDisposeScope();
            var loss = _supernet.Classify(clips, paths[i + 1], _settings.Precision).log_softmax(1).mul(taught).sum(1).mean().neg();
            losses[i + 1] = loss.item<float>();
            _gradients.Take(i + 1, loss.div(Scalars.Of(paths.Count)), _supernet.ParametersOf(paths[i + 1]));
        });
        Update(step);
        return losses.Average();
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Score(int step, IReadOnlyList<SubnetPath> paths)
    {
        OpenAt(ref _scoring, Split.Score, _settings.ScoreBatch, "score", step, capacity: 2);
        using var scope = NewDisposeScope();
        var batch = _scoring!.Next();
        var clips = ClipTensors.Of(batch, _device);
        var labels = ClipTensors.Labels(batch, _device);
        double[] qualities = new double[paths.Count];
        _workers.Run(paths.Count, k => qualities[k] = (double)CountRight(clips, labels, paths[k], batch.Labels.Length, _settings.Precision) / batch.Labels.Length);
        return qualities;
    }

    /// <inheritdoc/>
    public double ScoreHeldOut(Architecture architecture)
    {
        _heldOut ??= ReadHeldOut();
        if (_settings.HasCalibratedNorms) return ScoreCalibrated(architecture, _heldOut);
        var path = SubnetPath.Of(architecture);
        int[] right = new int[_heldOut.Count];
        _workers.Run(_heldOut.Count, i => right[i] = CountRight(_heldOut[i].Clips, _heldOut[i].Labels, path, _heldOut[i].Counted, Precision.Float32));
        return (double)right.Sum() / HeldOutClips;
    }

    /// <summary>Stops reading ahead and releases moments and held-out clips; the supernet stays.</summary>
    public void Dispose()
    {
        _workers.Dispose();
        _training?.Dispose();
        _scoring?.Dispose();
        _gradients.Dispose();
        _optimizer.Dispose();
        foreach (var (clips, labels, _) in _heldOut ?? [])
        {
            clips.Dispose();
            labels.Dispose();
        }
    }

    private void Update(int step)
    {
        _gradients.Assign(_settings.SkipsUnused);
        if (_settings.GradientClip > 0) _optimizer.ClipGradients(_settings.GradientClip);
        _optimizer.Step(_schedule.At(step));
    }

    // The first path learns the labels; returned are its probabilities before the update, [B, classes], without a way back to it.
    private Tensor Teach(Tensor clips, Tensor labels, IReadOnlyList<SubnetPath> paths, out double mean)
    {
        using var scope = NewDisposeScope();
        var logits = _supernet.Classify(clips, paths[0], _settings.Precision);
        var loss = nn.functional.cross_entropy(logits, labels, label_smoothing: _settings.LabelSmoothing);
        mean = loss.item<float>();
        var taught = logits.detach().softmax(1).MoveToOuterDisposeScope();
        _gradients.Take(0, loss.div(Scalars.Of(paths.Count)), _supernet.ParametersOf(paths[0]));
        return taught;
    }

    // The architecture's slices as a network of its own, whose norms get the statistics of training clips.
    private double ScoreCalibrated(Architecture architecture, List<(Tensor Clips, Tensor Labels, int Counted)> heldOut)
    {
        using var network = new MoViNet(architecture, _supernet.Variant, _supernet.Classes, new FirstWeights(_seed.Derive("calibrated"), _settings.ResidualScale));
        network.to(_device);
        _supernet.CopyTo(network);
        NormCalibration.Run(network, new BatchSchedule(_dataset, Split.Weights, _settings.Batch, _seed.Derive("calibration")), _device, CancellationToken.None);
        int[] right = new int[heldOut.Count];
        _workers.Run(heldOut.Count, i =>
        {
            using var unrecorded = no_grad();
            using var scope = NewDisposeScope();
            var (clips, labels, counted) = heldOut[i];
            right[i] = ClipTensors.CountRight(network.Classify(clips, ForwardMode.Evaluation).narrow(0, 0, counted), labels.narrow(0, 0, counted));
        });
        return (double)right.Sum() / HeldOutClips;
    }

    private int CountRight(Tensor clips, Tensor labels, SubnetPath path, int counted, Precision precision)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        return ClipTensors.CountRight(_supernet.Classify(Chosen(clips, path), path, precision).narrow(0, 0, counted), labels.narrow(0, 0, counted));
    }

    // Where the space chooses its input, clips come in the shape that holds every choice.
    private Tensor Chosen(Tensor clips, SubnetPath path) =>
        _supernet.Space.Definition.InputChoices is null ? clips : ClipChoice.Of(clips, _dataset.Input, path.Architecture.Input);

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
