using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Reports;

/// <summary>All that is kept of a run.</summary>
/// <param name="Account">Record, compute and trained networks.</param>
/// <param name="Experiment">What was asked for, resolved.</param>
/// <param name="Trials">Every evaluated architecture.</param>
/// <param name="Summary">The result; null where the run has not ended or its folder is gone.</param>
/// <param name="Steps">The steps of the controller; empty where there are none.</param>
/// <param name="Choices">Probabilities of options over the search; null where no policy learned or its file is gone.</param>
/// <param name="Models">Networks trained from it.</param>
/// <param name="IsImported">Whether it was made elsewhere and imported.</param>
internal sealed record ReportedRun(
    RunAccount Account, Experiment Experiment, IReadOnlyList<Trial> Trials, SearchSummary? Summary, IReadOnlyList<ControllerStep> Steps,
    ChoiceFigure? Choices, IReadOnlyList<ReportedModel> Models, bool IsImported)
{
    public RunRecord Record => Account.Run;

    public string Name => Record.Name;

    public SearchSpace Space => Experiment.RequireSpace();

    /// <summary>All trials but those of warm-up steps.</summary>
    public IReadOnlyList<Trial> Shown => MeasuredFront.Shown(Trials);

    /// <summary>The front over them; empty where nothing was scored outside warm-up.</summary>
    public IReadOnlyList<Trial> Front => MeasuredFront.Of(Trials, Record.Objective);

    /// <summary>What the run came to; null where nothing on target was found.</summary>
    public SummaryPick? Pick => Summary?.Targets is { Count: > 1 } targets ? targets.Select(target => target.Best).FirstOrDefault(best => best is not null) : Summary?.Feasible;

    /// <summary>The pick's score on the whole held-out split; null where it was not kept.</summary>
    public Trial? PickTrial => Trials.FirstOrDefault(trial => trial.Genotype == Pick?.Genotype && trial.Phase is TrialPhase.Rescored or TrialPhase.Evolved);

    /// <summary>The network that <paramref name="genotype"/> is, as the search built it.</summary>
    public MoViNetDesign Design(string genotype) => new(Space.Resolve(Space.Parse(genotype)), Experiment.Variant);

    /// <summary>Classes of its data.</summary>
    public int Classes => Record.Classes ?? ClassCount.Of(Design(Trials[0].Genotype), Design(Trials[0].Genotype).Input, Trials[0].Cost.Macs);

    /// <summary>What it was asked for but for its name and seed: runs with equal ones are repetitions.</summary>
    public string Setting => SeedlessSetting.Of(Record);

    /// <summary>From store and folder.</summary>
    /// <exception cref="InputException">There is no such run, or a file of it is damaged.</exception>
    public static ReportedRun Load(RunStore store, string database, string name)
    {
        var account = RunAccount.Of(store, database, name);
        var folder = new RunFolder(database, name);
        List<Trial> trials = [.. store.Trials(name)];
        if (trials.Count == 0) throw new InputException($"run '{name}' has no trials yet: there is nothing to report.");
        var experiment = new RunLineage(account.Run, trials).OpenExperiment();
        return new ReportedRun(
            account, experiment, trials, File.Exists(folder.Best) ? SearchResults.ReadBest(folder.Best) : null,
            StepsOf(folder), ChoicesOf(folder, experiment.RequireSpace()),
            [.. account.Models.Select(model => ReportedModel.Of(model, database))], RunTime.Events(folder.Log).Any(entry => entry.What == "imported"));
    }

    private static IReadOnlyList<ControllerStep> StepsOf(RunFolder folder)
    {
        if (!File.Exists(folder.Controller)) return [];
        using var reader = File.OpenText(folder.Controller);
        return ControllerCsv.Read(reader, folder.Controller);
    }

    private static ChoiceFigure? ChoicesOf(RunFolder folder, SearchSpace space)
    {
        if (!File.Exists(folder.Logits)) return null;
        var figure = ChoiceFigure.Of("", space, File.ReadAllLines(folder.Logits), folder.Logits);
        return figure.Steps.Count == 0 || figure.Tracks.Count == 0 ? null : figure;
    }
}
