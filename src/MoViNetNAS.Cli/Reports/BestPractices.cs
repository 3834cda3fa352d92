using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>The checklist of best practices for research on architecture search, answered from the records of runs.</summary>
/// <remarks>Source: Lindauer and Hutter, JMLR 21(243), 2020 (arXiv 1909.02453), sections 2 to 4; the questions are in our words.</remarks>
internal static class BestPractices
{
    private const string Release = "Release of code and settings", Comparison = "Comparison of methods", Reporting = "What is reported";

    public static ChecklistBlock Of(IReadOnlyList<ReportedRun> runs) => new([.. Released(runs), .. Compared(runs), .. Reported(runs)]);

    private static IEnumerable<ChecklistItem> Released(IReadOnlyList<ReportedRun> runs)
    {
        string versions = List(runs.Select(run => run.Record.Versions.Split(';')[0]).Distinct().Select(RichText.Words));
        int models = runs.Sum(run => run.Models.Count);
        yield return new(Release, "Is the code that trains final networks available?", models > 0 ? ChecklistAnswer.Yes : ChecklistAnswer.NotApplicable,
            models > 0 ? $"`movinet train` of {versions} trained {Count(models, "network")}." : "No final network was trained.");
        yield return new(Release, "Is the search space available?", ChecklistAnswer.Yes,
            $"It is a file, stored with each run: {List(runs.Select(run => (run.Record.SpaceName, run.Record.SpaceHash)).Distinct().Select(space => $"{RichText.Code(space.SpaceName)} (SHA-256 {RichText.Code(space.SpaceHash[..12])}...)"))}.");
        yield return new(Release, "Are settings and seeds of final trainings stated?", models > 0 ? ChecklistAnswer.Yes : ChecklistAnswer.NotApplicable,
            models > 0 ? $"Seeds {List(runs.SelectMany(run => run.Models).Select(model => $"{model.Record.Seed}").Distinct())}; each training keeps its resolved settings in `plan.json` and in its record." : "No final network was trained.");
        yield return new(Release, "Is the code of the search available?", ChecklistAnswer.Yes, $"`movinet search` of {versions}.");
        yield return new(Release, "Are settings and seeds of the search stated?", ChecklistAnswer.Yes,
            $"Seeds {List(runs.Select(run => $"{run.Record.Seed}").Distinct())}; the resolved configuration of each run is part of this document, and `movinet rerun` repeats a run from its record.");
    }

    private static IEnumerable<ChecklistItem> Compared(IReadOnlyList<ReportedRun> runs)
    {
        string[] methods = [.. runs.Select(run => run.Record.Algorithm).Distinct()];
        bool isComparison = methods.Length > 1;
        bool isSameTask = runs.Select(run => (run.Record.SpaceHash, run.Record.SplitHash)).Distinct().Count() == 1;
        bool isSamePlace = runs.Select(run => (run.Record.Machine, run.Record.Versions)).Distinct().Count() == 1;
        yield return new(Comparison, "Do all methods use the same data, space and training?", isComparison ? isSameTask ? ChecklistAnswer.Yes : ChecklistAnswer.No : ChecklistAnswer.NotApplicable,
            isComparison ? $"Methods: {List(methods)}. Hashes of space and data {(isSameTask ? "are equal" : "differ between runs")}." : $"One method: {methods[0]}.");
        yield return new(Comparison, "Are hardware and versions the same?", isSamePlace ? ChecklistAnswer.Yes : ChecklistAnswer.No,
            isSamePlace ? $"All on {RichText.Words(runs[0].Record.Machine)}; {RichText.Words(runs[0].Record.Versions)}." : "Machines or versions differ between runs; the section on the environment lists them.");
        yield return new(Comparison, "Are there ablations?", ChecklistAnswer.No, "None is among these records; `movinet study` and `movinet trust study` make them.");
        var phases = runs.Where(run => run.PickTrial is not null).Select(run => run.PickTrial!.QualityClips).Distinct().ToList();
        yield return new(Comparison, "Are results and baselines evaluated the same way?", phases.Count > 0 ? ChecklistAnswer.Yes : ChecklistAnswer.NotApplicable,
            phases.Count > 0 ? $"Results and random architectures were scored on the whole held-out split ({List(phases.Select(clips => Units.Count(clips)))} clips) with the same shared weights." : "No run has a result.");
        int curves = runs.Count(run => run.Steps.Count > 0);
        yield return new(Comparison, "Is performance shown over time?", curves == runs.Count ? ChecklistAnswer.Yes : curves > 0 ? ChecklistAnswer.Partly : ChecklistAnswer.No,
            $"{Units.Count(curves)} of {Count(runs.Count, "run")} {(curves == 1 ? "has" : "have")} curves over the steps of the search.");
        int random = runs.Count(run => run.Summary?.Chance is not null || run.Record.Algorithm == "random");
        yield return new(Comparison, "Is there a comparison with random search?", random == runs.Count ? ChecklistAnswer.Yes : random > 0 ? ChecklistAnswer.Partly : ChecklistAnswer.No,
            $"{List(runs.Where(run => run.Summary?.Chance is not null).Select(run => FormattableString.Invariant($"{RichText.Code(run.Name)}: {run.Summary!.Chance!.Architectures} random architectures of the same cost, p = {run.Summary.Chance.PValue:F3}")))}".TrimEnd() is { Length: > 0 } text
                ? $"{text}. They share the weights of the search; no random architecture was trained by itself{(methods.Contains("random") ? ", unless a run of random search is among the runs" : "")}."
                : "No run has a random baseline.");
        var seeds = runs.GroupBy(run => run.Setting).Select(group => group.Select(run => run.Record.Seed).Distinct().Count()).ToList();
        yield return new(Comparison, "Are there several runs from different seeds?", seeds.Min() > 1 ? ChecklistAnswer.Yes : seeds.Max() > 1 ? ChecklistAnswer.Partly : ChecklistAnswer.No,
            $"{Count(runs.Count, "run")}, {Count(seeds.Count, "setting")}; seeds of a setting: {List(seeds.Distinct().Order().Select(count => $"{count}"))}.");
        yield return new(Comparison, "Was a tabular or surrogate benchmark used?", ChecklistAnswer.No, "Not in these records; `movinet compare` replays searches on a table of trained networks.");
    }

    private static IEnumerable<ChecklistItem> Reported(IReadOnlyList<ReportedRun> runs)
    {
        yield return new(Reporting, "Is it said how hyper-parameters were tuned, and what that cost?", ChecklistAnswer.No, "Records hold what was run, not what was tried before.");
        bool isSearchKnown = runs.All(run => run.Account.Time is { IsWhole: true });
        var models = runs.SelectMany(run => run.Models).ToList();
        bool isTrainingKnown = models.All(model => model.Seconds is not null);
        double search = runs.Sum(run => run.Account.Time?.Seconds ?? 0), training = models.Sum(model => model.Seconds ?? 0);
        yield return new(Reporting, "Is the time of the whole method reported, final training included?",
            isSearchKnown && isTrainingKnown && models.Count > 0 ? ChecklistAnswer.Yes : search > 0 ? ChecklistAnswer.Partly : ChecklistAnswer.No,
            FormattableString.Invariant($"Search: {Units.Count((long)Math.Ceiling(search))} s{(isSearchKnown ? "" : ", not all of it known")}. ")
            + (models.Count == 0 ? "No final training." : FormattableString.Invariant($"Final trainings: {Units.Count((long)Math.Ceiling(training))} s of updates{(isTrainingKnown ? "" : ", not all of them known")}.")));
        yield return new(Reporting, "Is the whole experimental setup reported?", ChecklistAnswer.Yes,
            $"Configuration, space, data hash, seeds, versions and machine of each run are part of this document{(runs.All(run => run.Record.Fingerprints is not null) ? ", and fingerprints of trials, policy and weights" : "")}.");
    }
}
