using System.Collections.Immutable;
using System.Diagnostics;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Trains a network from scratch and scores it on the way: one training of a tabular benchmark.</summary>
/// <remarks>The network after the last epoch is, bit for bit, the one that `movinet train` makes from the same settings and seed with the
/// same number of threads: scoring on the way gives norms the statistics of training clips and then puts their averages back.</remarks>
/// <param name="dataset">Its weights split trains, its score and test splits measure.</param>
/// <param name="settings">How; without early stop, and in float32, because it runs on the CPU.</param>
/// <param name="epochs">After which epochs it is scored, rising; the last is the end of the training.</param>
public sealed class CurveTraining(IClipDataset dataset, TrainingSettings settings, ImmutableArray<int> epochs)
{
    /// <summary>Trains <paramref name="architecture"/> from <paramref name="seed"/>.</summary>
    /// <exception cref="MachineException">A loss or a gradient is not finite.</exception>
    public TabularTraining Run(Architecture architecture, ulong seed, CancellationToken cancellation)
    {
        var random = new RandomStream(seed).Derive("train");
        using var network = VideoNetwork.Of(
            new MoViNetDesign(architecture, settings.Variant), dataset.Classes.Count, new FirstWeights(random.Derive("init"), settings.ResidualScale));
        using var trainer = new NetworkTrainer(network, dataset, settings with { Epochs = epochs[^1] }, random, CPU);
        var scores = ImmutableArray.CreateBuilder<double>();
        double test = 0, scoring = 0;
        long began = Stopwatch.GetTimestamp();
        trainer.Run(
            _ => { },
            () =>
            {
                long from = Stopwatch.GetTimestamp();
                int done = trainer.EndEpoch(null, DateTimeOffset.UnixEpoch).Epoch;
                if (epochs.Contains(done))
                {
                    using var averages = new NormsAsTheyWere(network);
                    NormCalibration.Run(network, new BatchSchedule(dataset, Split.Weights, settings.Batch, new RandomStream(seed).Derive("calibration"), skipsUnreadable: true), CPU, cancellation);
                    scores.Add(Top1(network, Split.Score, cancellation));
                    if (done == epochs[^1]) test = Top1(network, Split.Test, cancellation);
                }

                scoring += Stopwatch.GetElapsedTime(from).TotalSeconds;
            },
            cancellation);
        return new TabularTraining(seed, scores.ToImmutable(), test, Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds - scoring, 3));
    }

    private double Top1(VideoNetwork network, Split split, CancellationToken cancellation) =>
        new EvaluationResult(Evaluation.Of(network, dataset, split, new EvaluationOptions { Batch = settings.Batch }, CPU, cancellation)).Measure();

    private sealed class NormsAsTheyWere : IDisposable
    {
        private readonly (Tensor Buffer, Tensor Kept)[] _buffers;

        public NormsAsTheyWere(VideoNetwork network) =>
            _buffers = [.. network.named_buffers().Select(entry => (entry.buffer, entry.buffer.clone()))];

        public void Dispose()
        {
            using var unrecorded = no_grad();
            foreach (var (buffer, kept) in _buffers)
            {
                buffer.copy_(kept);
                kept.Dispose();
            }
        }
    }
}
