using System.Collections.Immutable;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Trust;

/// <summary>The shared weights of a finished search, opened to score architectures on the whole held-out split.</summary>
internal sealed class SharedScores : IDisposable
{
    private readonly Terminal _terminal;
    private readonly SearchSpace _space;
    private readonly Supernet _supernet;
    private readonly SupernetTrainer _trainer;

    /// <exception cref="InputException">The search has not ended, its weights are gone, or its data have changed.</exception>
    public SharedScores(RunRecord record, Experiment experiment, RunStore store, RunMachine machine, Terminal terminal, CancellationToken cancellation)
    {
        _terminal = terminal;
        _space = experiment.RequireSpace();
        var folder = new RunFolder(store.Path, record.Name);
        if (record.Status != RunStatus.Completed) throw new InputException($"run '{record.Name}' has not ended; `movinet search --resume {record.Name}` goes on with it.");
        if (!File.Exists(folder.Checkpoint)) throw new InputException($"{folder.Checkpoint} is missing: the shared weights of run '{record.Name}' are needed to score architectures.");
        var dataset = DataOpening.OpenForSearch(experiment.Data, _space.Definition.Input, terminal, cancellation);
        if (dataset.SplitHash != record.SplitHash) throw new InputException($"the data are not those of run '{record.Name}': files, labels or splits have changed since.");
        var device = Devices.Open(machine.Device);
        _supernet = new Supernet(_space, experiment.Variant, dataset.Classes.Count, new FirstWeights(experiment.Random.Derive("init"), experiment.Supernet.ResidualScale));
        _supernet.to(device);
        _trainer = new SupernetTrainer(
            _supernet, dataset, experiment.Supernet, experiment.Search.Steps, experiment.Search.Candidates, experiment.Random.Derive("data"), device);
        SearchCheckpoint.Load(folder.Checkpoint, _trainer);
        Costs = new CostTable(_space, experiment.Variant, dataset.Classes.Count, dataset.Input, experiment.Latency);
        Window = new CostWindow(record.Objective, record.Target, experiment.Search.Tolerance);
    }

    /// <summary>Costs as the search counted them.</summary>
    public CostTable Costs { get; }

    /// <summary>The search's target.</summary>
    public CostWindow Window { get; }

    /// <summary>Scores each architecture beside what it is worth alone.</summary>
    public IReadOnlyList<TrustedArchitecture> Compare(IReadOnlyList<(Genotype Genotype, ImmutableArray<double> Alone)> architectures, CancellationToken cancellation)
    {
        var compared = new List<TrustedArchitecture>();
        using var progress = _terminal.Progress("scoring with shared weights", architectures.Count);
        foreach (var (genotype, alone) in architectures)
        {
            cancellation.ThrowIfCancellationRequested();
            compared.Add(new TrustedArchitecture(genotype, Costs.Of(genotype), _trainer.ScoreHeldOut(_space.Resolve(genotype)), alone));
            progress.Report(compared.Count);
        }

        return compared;
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _supernet.Dispose();
    }
}
