using System.Collections.Immutable;
using System.Globalization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Runs;

/// <summary>One search run from its experiment to the files in <c>results/</c>: where the rooms are joined.</summary>
/// <remarks>At a checkpoint the trials are on the disk first, then the rows of <c>controller.csv</c>, then the checkpoint; so whatever
/// moment a run is killed at, steps after its last checkpoint are done again and give the same trials.</remarks>
internal sealed class SearchRun : ISearchListener, IDisposable
{
    private readonly RunStore _store;
    private readonly TrialWriter _writer;
    private readonly RunFolder _folder;
    private readonly RunLog _log;
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly Experiment _experiment;
    private readonly SearchSpace _space;
    private readonly RunMachine _machine;
    private readonly IClipDataset _dataset;
    private readonly Supernet _supernet;
    private readonly SupernetTrainer _trainer;
    private readonly IOneShotSearch _search;
    private readonly List<ControllerStep> _steps = [];
    private readonly List<TrainingStep> _training = [];
    private readonly SortedDictionary<int, string> _logits = [];
    private readonly string _header;
    private readonly long _began;
    private RunRecord _record;
    private SearchState? _state;
    private Progress? _progress;

    /// <summary>Opens data and supernet; nothing is stored yet.</summary>
    public SearchRun(string name, Experiment experiment, RunMachine machine, RunStore store, Terminal terminal, CancellationToken cancellation)
    {
        (_experiment, _machine, _store, _terminal, _time) = (experiment, machine, store, terminal, TimeProvider.System);
        _space = experiment.RequireSpace();
        _began = _time.GetTimestamp();
        _folder = new RunFolder(store.Path, name);
        _log = new RunLog(_folder.Log, _time);
        var device = Devices.Open(machine.Device, experiment.Supernet.Precision, Devices.SupernetKey);
        _dataset = OpenData(experiment, terminal, cancellation);
        _supernet = new Supernet(_space, experiment.Variant, _dataset.Classes.Count, new FirstWeights(experiment.Random.Derive("init"), experiment.Supernet.ResidualScale));
        _supernet.to(device);
        _trainer = new SupernetTrainer(
            _supernet, _dataset, experiment.Supernet, experiment.Search.Steps, PathRules.PathsPerStep(experiment.Search, _space),
            experiment.Random.Derive("data"), device);
        _search = experiment.Search.IsTwoStage
            ? new TwoStageSearch(
                name, _space, experiment.Search, experiment.Variant, _dataset.Classes.Count, _dataset.Input, experiment.Random, _trainer,
                experiment.Latency)
            : new ArchitectureSearch(
                name, _space, experiment.Search, experiment.Variant, _dataset.Classes.Count, _dataset.Input, experiment.Random, _trainer,
                experiment.Latency);
        _header = ControllerCsv.Header([.. _space.Decisions.Select(decision => decision.Path)]);
        _record = new RunRecord(
            name, RunStatus.Running, _time.GetUtcNow(), null, machine.Command, experiment.ToJson("space.json", "latency.json"), _space.Name,
            _space.Hash, experiment.SpaceText, _dataset.SplitHash, experiment.Search.AlgorithmName, experiment.Search.Objective,
            _search.Window.Target, experiment.Seed, machine.Versions, machine.Text, null, null, null)
        {
            Latency = experiment.Latency is { } latency ? LatencyFile.ToJson(latency) + "\n" : null,
            Classes = _dataset.Classes.Count,
        };
        _writer = new TrialWriter(store);
    }

    /// <summary>Writes the run's record and its first files; nothing of them stays when that fails.</summary>
    /// <exception cref="InputException">No architecture is on target.</exception>
    public void Begin()
    {
        RequireRunnable();
        try
        {
            _folder.RequireWritable();
            AtomicFile.WriteText(_folder.Space, _experiment.SpaceText);
            if (_experiment.Latency is { } latency) LatencyFile.Save(latency, _folder.Latency);
            AtomicFile.WriteText(_folder.Config, _record.Configuration);
            _machine.Save(_folder.Machine);
            _store.Put(_record);
        }
        catch
        {
            _folder.Delete();
            throw;
        }

        _log.Add("started", new { _machine.Command, _machine.Versions, machine = _machine.Text, controllerRate = Rate });
    }

    /// <summary>Goes back to where <paramref name="record"/>'s run was last saved.</summary>
    /// <exception cref="InputException">It has ended, or space or data are not those it began with.</exception>
    public void Continue(RunRecord record)
    {
        if (record.Status == RunStatus.Completed) throw new InputException($"run '{record.Name}' has ended; there is nothing to resume.");
        if (record.SpaceHash != _space.Hash)
            throw new InputException($"{_folder.Space} is not the space that run '{record.Name}' began with (hash {_space.Hash[..12]}, not {record.SpaceHash[..12]}).");
        if (record.SplitHash != _dataset.SplitHash)
            throw new InputException($"the data are not those that run '{record.Name}' began with: files, labels or splits have changed since.");
        _record = record with { Status = RunStatus.Running, Failure = null };
        _state = SearchCheckpoint.Load(_folder.Checkpoint, _trainer);
        if (_state is not null) _training.AddRange(TrainingCsv.Read(_folder.Training, _search.Settings.Steps).Where(step => step.Step < _state.NextStep));
        if (_state is not null && File.Exists(_folder.Controller))
        {
            using var reader = File.OpenText(_folder.Controller);
            _steps.AddRange(ControllerCsv.Read(reader, _folder.Controller).Where(step => step.Step < _state.NextStep));
        }

        if (_state is not null && File.Exists(_folder.Logits))
            foreach (string row in LogitsCsv.RowsUntil(File.ReadLines(_folder.Logits), _state.NextStep)) _logits[int.Parse(row.Split(',')[0], CultureInfo.InvariantCulture)] = row;

        RequireRunnable();
        _store.Put(_record);
        _log.Add("resumed", new { step = _state?.NextStep ?? 0 });
    }

    /// <summary>Searches to the end and writes the results.</summary>
    public SearchSummary Run(CancellationToken cancellation)
    {
        try
        {
            Announce();
            SearchResult result;
            using (_progress = _terminal.Progress("step", _search.Settings.Steps, _state?.NextStep ?? 0))
                result = _search.Run(this, _state, cancellation);
            _progress = null;
            return Finish(result, cancellation);
        }
        catch (OperationCanceledException)
        {
            End(RunStatus.Interrupted, "interrupted", null);
            throw;
        }
        catch (Exception e)
        {
            try
            {
                End(RunStatus.Failed, "failed", e.Message);
            }
            catch (Exception second) when (second is MachineException or IOException or UnauthorizedAccessException)
            {
                // The first fault is the one to report: a full disk takes the record too.
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void OnStep(StepReport report)
    {
        _writer.Add(report.Trials);
        _steps.Add(new ControllerStep(
            report.Step, report.MeanQuality, report.MeanCostRatio, report.MeanEntropy, report.MeanReward, report.EntropyByDecision));
        _progress?.Report(
            report.Step + 1,
            FormattableString.Invariant(
                $"loss {report.TrainingLoss:F3}  quality {report.MeanQuality:P1}  reward {report.MeanReward:F3}  cost/target {string.Join(" ", report.MeanCostRatios.Select(ratio => ratio.ToString("F3", CultureInfo.InvariantCulture)))}  entropy {report.MeanNormalizedEntropy:F3}")
            + (report.FeasibleShare is { } share ? FormattableString.Invariant($"  feasible draws {share:P1}") : ""));
    }

    /// <inheritdoc/>
    public void OnCheckpoint(SearchState state)
    {
        _writer.Flush();
        if (_search.Settings.IsTwoStage) TrainingCsv.Write(_folder.Training, _training);
        else AtomicFile.WriteText(_folder.Controller, string.Join('\n', _steps.Select(ControllerCsv.Line).Prepend(_header)) + "\n");
        SaveLogits(state);
        SearchCheckpoint.Save(_folder.Checkpoint, state, _trainer);
    }

    /// <inheritdoc/>
    public void OnAdvice(ImmutableArray<BetaAdvice> advice)
    {
        foreach (var term in advice) _progress?.Note(term.InWords());
        _log.Add("betaAdvice", advice.Select(term => new { objective = CostObjectives.NameOf(term.Term.Objective), beta = term.Beta, advice = AdviceSummary.Of(term) }));
    }

    /// <inheritdoc/>
    public void OnScored(int done, int total)
    {
        if (done == 1)
        {
            _progress?.Dispose();
            _progress = _terminal.Progress("scoring on the whole held-out split", total);
        }

        _progress?.Report(done);
    }

    /// <inheritdoc/>
    public void OnTrained(TrainingStep step)
    {
        _training.Add(step);
        _progress?.Report(step.Step + 1, FormattableString.Invariant($"loss {step.TrainingLoss:F3}  cost/target {step.MeanCostRatio:F3}"));
    }

    /// <inheritdoc/>
    public void OnEvolved(Trial trial, long done, long most)
    {
        _writer.Add([trial]);
        if (trial.Step == 0)
        {
            _progress?.Dispose();
            _progress = _terminal.Progress("evolution with frozen weights", most, done - 1);
        }

        _progress?.Report(done, FormattableString.Invariant($"target {trial.Candidate + 1}  quality {trial.Quality:P1}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _progress?.Dispose();
        _writer.Dispose();
        _trainer.Dispose();
        _supernet.Dispose();
    }

    // Null where no policy learns.
    private ControllerRateSummary? Rate => _search is ArchitectureSearch { Settings.Algorithm: SearchAlgorithm.Tunas } search
        ? ControllerRateSummary.Of(search.LearningRate, search.Settings.Candidates)
        : null;

    // A row at each regular checkpoint: one that an interruption made is not kept, so the file is the same however often the run was stopped.
    private void SaveLogits(SearchState state)
    {
        if (Rate is null) return;
        var settings = _search.Settings;
        if (state.NextStep == settings.Steps || state.NextStep % settings.CheckpointEvery == 0) _logits[state.NextStep] = LogitsCsv.Line(state.NextStep, state.Controller);
        AtomicFile.WriteText(_folder.Logits, string.Join('\n', _logits.Values.Prepend(LogitsCsv.Header(_space))) + "\n");
    }

    private SearchSummary Finish(SearchResult result, CancellationToken cancellation)
    {
        _writer.Add(result.Rescored);
        if (result.Targets.IsEmpty) _writer.Add(result.Baseline);
        else foreach (var target in result.Targets) _writer.Add(target.Baseline);
        _writer.Flush();
        var front = new MeasuredFront(_record.Name, _experiment, _trainer, _dataset, _search.Window.Objective);
        // A run killed in this place has stored members of the front already. They are found and numbered anew, so they must not count here.
        Trial[] trials = [.. _store.Trials(_record.Name).Where(trial => trial.Phase != TrialPhase.Rescored || trial.Step < result.Rescored.Length)];
        using (var progress = _terminal.Progress("measuring the front", MeasuredFront.MostMeasured))
            front.Measure(trials, result.Rescored.Length, added => { _writer.Add([added]); progress.Report(added.Step - result.Rescored.Length + 1); }, cancellation);
        _writer.Flush();
        trials = [.. _store.Trials(_record.Name)];

        double seconds = _time.GetElapsedTime(_began).TotalSeconds;
        var summary = SearchSummary.Of(
            _record, result, trials, _search.Settings, Rate, _search.PathsPerStep * _experiment.Supernet.Batch, _trainer.CalibrationClips, Fingerprint.Of(_trainer.Weights), _folder.Path);
        SearchResults.Write(_folder, _record, summary, trials, _steps, _search.Window, result.Alternatives);
        _record = _record with { MostProbable = result.MostProbable?.Genotype, MostProbableFeasible = summary.Feasible?.Genotype, Fingerprints = summary.Fingerprints };
        End(RunStatus.Completed, "completed", null, new
        {
            seconds = Math.Round(seconds, 1),
            secondsWaitedForClips = Math.Round(_trainer.SecondsWaited, 2),
            secondsWaitedForStore = Math.Round(_writer.WaitedSeconds, 2),
        });
        _terminal.Note($"{Units.Duration(TimeSpan.FromSeconds(seconds))} in all; waited for clips {Units.Share(_trainer.SecondsWaited, seconds)}, for the store {Units.Share(_writer.WaitedSeconds, seconds)}");
        return summary;
    }

    // Stopped before its first step, a search only looks whether it can run: a target in reach, and a state that is its own.
    private void RequireRunnable()
    {
        try
        {
            _search.Run(this, _state, new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // It can.
        }
    }

    private void End(RunStatus status, string what, string? failure, object? details = null)
    {
        _record = _record with { Status = status, FinishedUtc = _time.GetUtcNow(), Failure = failure };
        _store.Put(_record);
        _log.Add(what, details ?? (failure is null ? null : new { failure }));
    }

    private void Announce()
    {
        var settings = _search.Settings;
        _terminal.Note($"run {_record.Name}: {settings.AlgorithmName} over space '{_space.Name}' ({_space.ArchitectureCount:E1} architectures), {_dataset.Name}");
        if (settings.IsTwoStage)
        {
            string targets = string.Join(", ", (settings.Targets ?? [_search.Window.Target]).Select(target => Units.Metric(target)));
            var evolution = settings.Evolution ?? new EvolutionSettings();
            _terminal.Note(FormattableString.Invariant(
                $"{settings.Steps} updates of {_search.PathsPerStep} architectures, then an evolution of {evolution.Generations} generations of {evolution.Population}; target {targets} {settings.Objective} +- {settings.Tolerance:P0}; seed {_experiment.Seed}; {_machine.Text}"));
        }
        else TellPolicy(settings);
        foreach (var limit in settings.Limits) _terminal.Note($"and at most {Units.Metric(limit.Most)} {CostObjectives.NameOf(limit.Objective)}");
        if (_experiment.Latency is { } latency) _terminal.Note(LatencyText.Of(latency, _machine));
        _terminal.Note($"files in {_folder.Path}");
    }

    private static string Beta(double? beta) => beta?.ToString(CultureInfo.InvariantCulture) ?? "auto";

    private void TellPolicy(SearchSettings settings)
    {
        _terminal.Note(FormattableString.Invariant(
            $"{settings.Steps} steps of {settings.Candidates} architectures; target {Units.Metric(_search.Window.Target)} {settings.Objective} +- {settings.Tolerance:P0}; {(settings.Rejection ? $"infeasible draws rejected, P(V) from {settings.RejectionSamples} draws" : $"beta {Beta(settings.Beta)}")}; seed {_experiment.Seed}; {_machine.Text}"));
        foreach (var term in settings.Terms.Skip(1))
            _terminal.Note(FormattableString.Invariant($"and target {Units.Metric(term.Target!.Value)} {CostObjectives.NameOf(term.Objective)} +- {settings.Tolerance:P0}, beta {Beta(term.Beta)}, {SearchSettings.NameOf(term.Reward)}"));
        if (Rate is { } rate) _terminal.Note(rate.InWords());
    }

    private static IClipDataset OpenData(Experiment experiment, Terminal terminal, CancellationToken cancellation)
    {
        var dataset = DataOpening.OpenForSearch(experiment.Data, experiment.RequireSpace().Definition.Input, terminal, cancellation);
        foreach (var split in new[] { Split.Weights, Split.Score })
        {
            if (dataset.Items(split).Count == 0)
                throw new InputException($"data set '{dataset.Name}' has no clips in the split '{split.ToString().ToLowerInvariant()}', which a search needs.");
        }

        return dataset;
    }
}
