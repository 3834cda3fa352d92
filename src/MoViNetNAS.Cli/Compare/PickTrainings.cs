using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Data;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Compare;

/// <summary>Trains architectures of an experiment from scratch and keeps what they came to, a line each, so that nothing is trained twice.</summary>
internal sealed class PickTrainings : IGenotypeEvaluator, IDisposable
{
    private readonly Experiment _experiment;
    private readonly SearchSpace _space;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;
    private readonly TabularJournal _journal;
    private readonly CurveTraining _training;
    private readonly ulong _seed;

    /// <param name="experiment">Its data and how it trains.</param>
    /// <param name="seed">Of the trainings.</param>
    /// <param name="path">The file that keeps them; made for one experiment only.</param>
    /// <param name="terminal">Where it tells how it goes.</param>
    /// <param name="cancellation">Stops within a training, which is then done again.</param>
    public PickTrainings(Experiment experiment, ulong seed, string path, Terminal terminal, CancellationToken cancellation)
    {
        (_experiment, _space, _terminal, _cancellation, _seed) = (experiment, experiment.RequireSpace(), terminal, cancellation, seed);
        Devices.RequireFloat32(experiment.Train);
        Dataset = DataOpening.Open(experiment.Data, experiment.Input, terminal, cancellation);
        _journal = new TabularJournal(path, scores: 1);
        _training = new CurveTraining(Dataset, experiment.Train, [experiment.Train.Epochs]);
    }

    /// <summary>The clips.</summary>
    public IClipDataset Dataset { get; }

    /// <summary>Clips that an epoch trains on.</summary>
    public long ClipsPerEpoch => NetworkTrainer.UpdatesOfEpoch(Dataset.Items(Split.Weights).Count, _experiment.Train.Batch) * _experiment.Train.Batch;

    /// <summary>Trains <paramref name="genotype"/>, unless it is trained already.</summary>
    public TrainedPick Train(Genotype genotype)
    {
        var key = (genotype.ToString(), _seed);
        if (!_journal.Rows.ContainsKey(key))
        {
            _terminal.Note($"training {genotype} from scratch, seed {_seed}");
            _journal.Add(new TabularRow(key.Item1, _training.Run(_space.Resolve(genotype), _seed, _cancellation)));
        }

        var row = _journal.Rows[key].Training;
        return new TrainedPick(genotype, row.Scores[0], row.Test, row.Seconds);
    }

    /// <inheritdoc/>
    public double Score(Genotype genotype, int epochs) => Train(genotype).Score;

    public void Dispose() => _journal.Dispose();
}
