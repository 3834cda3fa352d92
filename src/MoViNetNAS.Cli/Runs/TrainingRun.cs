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
    private const string ProgressFile = "training.safetensors";
    private readonly TrainingPlan _plan;
    private readonly RunStore _store;
    private readonly Terminal _terminal;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly string _folder, _saved;
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
        if (plan.Input.Resolution < plan.Design.MinimumResolution)
            throw new InputException($"the clips are {plan.Input.Resolution}x{plan.Input.Resolution}, too small for the strides of {plan.Design.Name}, which needs at least {plan.Design.MinimumResolution}x{plan.Design.MinimumResolution}.");
        if (plan.Settings.SubclipFrames > 0 && !plan.Design.CanStream)
            throw new InputException($"train.subclipFrames is {plan.Settings.SubclipFrames}, which needs a network that streams; {plan.Design.Name} is a {plan.Design.VariantName} network.");
        var folder = new RunFolder(store.Path, plan.Name);
        (_folder, _saved) = (folder.Path, Path.Combine(folder.Path, ProgressFile));
        _dataset = DataOpening.Open(plan.Data, plan.Input, terminal, cancellation);
        if (_dataset.Items(Split.Weights).Count == 0) throw new InputException($"data set '{_dataset.Name}' has no clips in the split 'weights', which a training needs.");
        _device = Devices.Open(plan.Device);
        var seed = new RandomStream(plan.Seed).Derive("train");
        _network = VideoNetwork.Of(plan.Design, _dataset.Classes.Count, new FirstWeights(seed.Derive("init"), plan.Settings.ResidualScale));
        _network.to(_device);
        _trainer = new NetworkTrainer(_network, _dataset, plan.Settings, seed, _device);
        if (isResumed && File.Exists(_saved)) _trainer.Load(_saved);
        AtomicFile.WriteText(Path.Combine(_folder, TrainingPlan.FileName), plan.ToJson());
    }

    public TrainingSummary Run(CancellationToken cancellation)
    {
        long began = _time.GetTimestamp();
        var cost = CostModel.Of(_plan.Design, _dataset.Classes.Count, _plan.Input);
        _terminal.Note($"training {_plan.Name}: {Units.Metric(cost.Macs)} multiply-adds a clip, {Units.Metric(cost.TrainableParameters)} parameters, {_dataset.Name}, variant {_plan.Design.VariantName}" +
            (_plan.Settings.SubclipFrames > 0 ? $", sub-clips of {_plan.Settings.SubclipFrames} frames" : ""));
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
                () => _trainer.Save(_saved),
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
        using var average = _trainer.UseAverage();
        var summary = Finish(cost, _time.GetElapsedTime(began).TotalSeconds, cancellation);
        File.Delete(_saved);
        return summary;
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _network.Dispose();
    }

    private TrainingSummary Finish(Cost cost, double seconds, CancellationToken cancellation)
    {
        EvaluationOptions options = new() { Batch = _plan.Settings.Batch };
        Predictions Say(Split split) => Evaluation.Of(_network, _dataset, split, options, _device, cancellation);
        var (score, test) = (Say(Split.Score), Say(Split.Test));
        var heldOut = new EvaluationResult(score.Plus(test));
        double top1 = heldOut.Measure();
        var card = new ModelCard(
            _plan.Name, _plan.Design, _dataset.Classes, _plan.Input, _plan.Run, _plan.Genotype, _dataset.Name,
            _dataset.SplitHash, _plan.ToJson(), top1, heldOut.Clips);
        string weights = ModelCheckpoint.Save(_folder, _network, card);
        _store.Put(new ModelRecord(
            _plan.Name, _plan.Run, _plan.Genotype ?? _plan.Design.Name, _plan.Design.VariantName, weights, _time.GetUtcNow(), _plan.ToJson(),
            _dataset.SplitHash, _plan.Seed, top1, heldOut.Clips, cost.Macs));
        return new TrainingSummary(
            _plan.Name, _plan.Run, _plan.Genotype, _plan.Design.VariantName, cost.Macs, cost.MacsPerFrame, cost.TrainableParameters, top1,
            heldOut.Right, heldOut.Clips, new EvaluationResult(score).Measure(), new EvaluationResult(test).Measure(), Math.Round(seconds, 1), weights);
    }
}
