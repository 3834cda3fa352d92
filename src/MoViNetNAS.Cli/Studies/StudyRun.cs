using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Studies;

/// <summary>Trains what a study needs, one after the other, and measures every cell of its table. What is trained already is not trained again.</summary>
internal sealed class StudyRun(Study study, StudyNetworks networks, RunStore store, Terminal terminal, string device)
{
    /// <summary>Every row of the table, in the order of the file.</summary>
    /// <exception cref="InputException">Data are missing, or rows do not fit them.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the same command goes on.</exception>
    public IReadOnlyList<StudyResult> Run(CancellationToken cancellation)
    {
        var folds = Folds(cancellation);
        var cells = study.Rows.Select(row => (Row: row, Seeds: study.Seeds.Select(seed =>
            (Seed: seed, Folds: folds.Select(fold => (Fold: fold, Trainings: networks.Of(row, seed, fold).ToArray())).ToArray())).ToArray())).ToArray();
        StudyTraining[] trainings = [.. cells.SelectMany(cell => cell.Seeds).SelectMany(seed => seed.Folds).SelectMany(fold => fold.Trainings).DistinctBy(training => training.Plan.Name)];
        for (int i = 0; i < trainings.Length; i++) Train(trainings[i], $"training {i + 1} of {trainings.Length}", cancellation);

        return [.. cells.Select(cell =>
        {
            Cost? cost = null;
            var results = cell.Seeds.Select(seed =>
            {
                var said = seed.Folds.Select(fold => Say(cell.Row, fold.Fold, fold.Trainings, out cost, cancellation)).Aggregate((a, b) => a.Plus(b));
                return (seed.Seed, new EvaluationResult(said));
            }).ToArray();
            return new StudyResult(cell.Row, cost!, results);
        })];
    }

    private IReadOnlyList<string?> Folds(CancellationToken cancellation)
    {
        if (!study.LeavesOneOut) return [null];
        var experiment = networks.ExperimentOf(study.Rows[0]);
        networks.DataOf(study.Rows[0], "");
        return ((VideoFolder)DataOpening.Open(experiment.Data, experiment.Input, terminal, cancellation)).Sources;
    }

    private void Train(StudyTraining training, string progress, CancellationToken cancellation)
    {
        var plan = training.Plan;
        var folder = new RunFolder(store.Path, plan.Name);
        if (store.Models().Any(model => model.Name == plan.Name)) return;
        string member = training.Row.Members > 1 ? $", member {training.Member + 1}" : "", fold = training.Fold is null ? "" : $", without {training.Fold}";
        terminal.Note($"{progress}: {training.Row.Name}, seed {training.Seed}{member}{fold}");
        using var run = new TrainingRun(plan, isResumed: File.Exists(Path.Combine(folder.Path, TrainingPlan.FileName)), store, terminal, cancellation);
        run.Run(cancellation);
    }

    private Predictions Say(StudyRow row, string? fold, StudyTraining[] trainings, out Cost cost, CancellationToken cancellation)
    {
        var at = Devices.Open(device);
        using var members = new EnsembleMembers([.. trainings.Select(training => new RunFolder(store.Path, training.Plan.Name).Path)], row.Sharing, at);
        if (row.Evaluation.IsFrameByFrame) members.RequireStream();
        var settings = networks.DataOf(row, fold);
        if (row.IsTestShuffled) settings = HeldOutClips.Shuffled(settings);
        var said = HeldOutClips.Say(members.Open(settings, terminal, cancellation), study.Split, row.Evaluation, at, cancellation);
        cost = members.Cost();
        return said;
    }
}
