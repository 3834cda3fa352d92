using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Runs;

/// <summary>One training from its plan to a checkpoint, a card and a record of the model.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const string ProgressFile = "training.safetensors", BestFile = "best.safetensors";
    private readonly TrainingPlan _plan;
    private readonly RunStore _store;
    private readonly Terminal _terminal;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly string _folder, _saved, _best;
    private readonly IClipDataset _dataset;
    private readonly torch.Device _device;
    private readonly VideoNetwork _network;
    private readonly NetworkTrainer _trainer;

    /// <param name="plan">What it is a function of.</param>
    /// <param name="isResumed">Whether to go on from what was saved in its folder.</param>
    /// <param name="store">Where the model's record goes.</param>
    /// <param name="terminal">Where it tells how it goes.</param>
    /// <param name="cancellation">Stops the decoding of videos.</param>
    /// <exception cref="InputException">Data are missing, or what was saved is damaged.</exception>
    public TrainingRun(TrainingPlan plan, bool isResumed, RunStore store, Terminal terminal, CancellationToken cancellation)
    {
        (_plan, _store, _terminal) = (plan, store, terminal);
        RequireFit(plan);
        var folder = new RunFolder(store.Path, plan.Name);
        (_folder, _saved, _best) = (folder.Path, Path.Combine(folder.Path, ProgressFile), Path.Combine(folder.Path, BestFile));
        _dataset = DataOpening.Open(plan.Data, plan.Input, terminal, cancellation);
        if (_dataset.Items(Split.Weights).Count == 0) throw new InputException($"data set '{_dataset.Name}' has no clips in the split 'weights', which a training needs.");
        _device = Devices.Open(plan.Device, plan.Settings.Precision, Devices.TrainKey);
        var seed = new RandomStream(plan.Seed).Derive("train");
        _network = VideoNetwork.Of(plan.Design, _dataset.Classes.Count, new FirstWeights(seed.Derive("init"), plan.Settings.ResidualScale));
        _network.to(_device);
        bool isContinued = isResumed && File.Exists(_saved);
        if (!isContinued) StartingWeights.Put(plan, _network, _dataset, store, _device, terminal, cancellation);
        _trainer = new NetworkTrainer(_network, _dataset, plan.Settings, seed, _device);
        if (isContinued) _trainer.Load(_saved);
        AtomicFile.WriteText(Path.Combine(_folder, TrainingPlan.FileName), plan.ToJson());
    }

    /// <summary>Refuses clips that the network cannot take, and bfloat16 on the CPU.</summary>
    /// <exception cref="InputException">They are too small, or come in sub-clips to a network that does not stream; or the CPU is to compute in bfloat16.</exception>
    public static void RequireFit(TrainingPlan plan)
    {
        Devices.RequireNoCpu(plan.Device, plan.Settings.Precision, Devices.TrainKey);
        if (plan.Input.Resolution < plan.Design.MinimumResolution)
            throw new InputException($"the clips are {plan.Input.Resolution}x{plan.Input.Resolution}, too small for the strides of {plan.Design.Name}, which needs at least {plan.Design.MinimumResolution}x{plan.Design.MinimumResolution}.");
        if (plan.Settings.SubclipFrames > 0 && !plan.Design.CanStream)
            throw new InputException($"train.subclipFrames is {plan.Settings.SubclipFrames}, which needs a network that streams; {plan.Design.Name} is a {plan.Design.VariantName} network.");
    }

    public TrainingSummary Run(CancellationToken cancellation)
    {
        long began = _time.GetTimestamp();
        var cost = CostModel.Of(_plan.Design, _dataset.Classes.Count, _plan.Input);
        _terminal.Note($"training {_plan.Name}: {Units.Metric(cost.Macs)} multiply-adds a clip, {Units.Metric(cost.TrainableParameters)} parameters, {_dataset.Name}, variant {_plan.Design.VariantName}" +
            (_plan.Settings.SubclipFrames > 0 ? $", sub-clips of {_plan.Settings.SubclipFrames} frames" : ""));
        var files = new TrainingFiles(_folder, _trainer.Log, _plan.Settings.TensorBoard);
        double waited = 0;
        try
        {
            using var progress = _terminal.Progress("update", _trainer.Updates, _trainer.UpdatesMade);
            _trainer.Run(
                report =>
                {
                    waited = report.SecondsWaited;
                    progress.Report(report.Update, FormattableString.Invariant($"loss {report.Loss:F3}"));
                },
                () => files.Add(EndEpoch(cancellation)),
                cancellation);
        }
        catch (OperationCanceledException)
        {
            _trainer.Save(_saved);
            throw;
        }
        finally
        {
            DataOpening.TellSkipped(_trainer.Skipped, _terminal);
        }

        double trained = _time.GetElapsedTime(began).TotalSeconds;
        _terminal.Note($"{Units.Duration(TimeSpan.FromSeconds(trained))} of training; waited for clips {Units.Share(waited, trained)}");
        using var average = UseResult();
        if (_plan.Settings.EarlyStop is null) Calibrate(cancellation); // the best epoch's weights were kept with their norms
        var summary = Finish(cost, _time.GetElapsedTime(began).TotalSeconds, cancellation);
        File.Delete(_saved);
        File.Delete(_best);
        return summary;
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _network.Dispose();
    }

    // The best weights are on the disk before the checkpoint that knows of them.
    private EpochRecord EndEpoch(CancellationToken cancellation)
    {
        double? top1 = null;
        if (_plan.Settings.EarlyStop is not null)
        {
            using var average = _trainer.UseAverage();
            Calibrate(cancellation);
            top1 = new EvaluationResult(Say(Split.Score, cancellation)).Measure();
            if (_trainer.Log.Best is not { } best || top1 > best.Top1) _trainer.SaveWeights(_best);
        }

        var epoch = _trainer.EndEpoch(top1, _time.GetUtcNow());
        _trainer.Save(_saved);
        return epoch;
    }

    // Puts into the network what the training is worth: the best epoch's weights, or else the last ones.
    private IDisposable? UseResult()
    {
        if (_trainer.Log.Best is not { } best || _plan.Settings.EarlyStop is null) return _trainer.UseAverage();
        _trainer.LoadWeights(_best);
        int last = _trainer.Log.Epochs[^1].Epoch;
        _terminal.Note(FormattableString.Invariant(
            $"{(_trainer.IsStoppedEarly ? "stopped early: " : "")}the weights are those of epoch {best.Epoch} of {last}, with {100 * best.Top1:F1} % on the score split"));
        return null;
    }

    // A network with frozen parts keeps all of its norms.
    private void Calibrate(CancellationToken cancellation)
    {
        if (!_plan.Settings.CalibratesNorms || _plan.Settings.Freeze != FreezeType.None) return;
        var clips = new BatchSchedule(_dataset, Split.Weights, _plan.Settings.Batch, new RandomStream(_plan.Seed).Derive("calibration"), skipsUnreadable: true);
        NormCalibration.Run(_network, clips, _device, cancellation);
    }

    private Predictions Say(Split split, CancellationToken cancellation) =>
        Evaluation.Of(_network, _dataset, split, new EvaluationOptions { Batch = _plan.Settings.Batch }, _device, cancellation);

    private TrainingSummary Finish(Cost cost, double seconds, CancellationToken cancellation)
    {
        var (score, test) = (Say(Split.Score, cancellation), Say(Split.Test, cancellation));
        var heldOut = new EvaluationResult(score.Plus(test));
        double top1 = heldOut.Measure();
        var card = new ModelCard(
            _plan.Name, _plan.Design, _dataset.Classes, _plan.Input, _plan.Run, _plan.Genotype, _dataset.Name,
            _dataset.SplitHash, _plan.ToJson(), top1, heldOut.Clips)
        {
            Heads = _dataset.Heads,
        };
        string weights = ModelCheckpoint.Save(_folder, _network, card);
        _store.Put(new ModelRecord(
            _plan.Name, _plan.Run, _plan.Genotype ?? _plan.Design.Name, _plan.Design.VariantName, weights, _time.GetUtcNow(), _plan.ToJson(),
            _dataset.SplitHash, _plan.Seed, top1, heldOut.Clips, cost.Macs)
        {
            Classes = _dataset.Classes.Count,
        });
        return new TrainingSummary(
            _plan.Name, _plan.Run, _plan.Genotype, _plan.Design.VariantName, cost.Macs, cost.MacsPerFrame, cost.TrainableParameters, top1,
            heldOut.Right, heldOut.Clips, new EvaluationResult(score).Measure(), new EvaluationResult(test).Measure(), Math.Round(seconds, 1), weights,
            heldOut.MeasureName, _plan.Settings.EarlyStop is null ? null : _trainer.Log.Best?.Epoch);
    }
}
