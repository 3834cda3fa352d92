using System.Text.Json;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Writes the files of a finished search.</summary>
internal static class SearchResults
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static void Write(
        RunFolder folder, RunRecord record, SearchSummary summary, IReadOnlyList<Trial> trials, IReadOnlyList<ControllerStep> steps,
        CostWindow window, IReadOnlyList<OptionCost> alternatives)
    {
        var shown = MeasuredFront.Shown(trials);
        var front = MeasuredFront.Of(trials, window.Objective);
        AtomicFile.WriteText(folder.Front, FrontTable.Csv(front, window.Objective));
        using var pareto = ParetoPlot.Draw(
            new ParetoFigure($"{record.Name}: {record.Algorithm} over {record.SpaceName}", window.Objective, [new ParetoSeries(record.Name, front, [.. shown.Except(front)])])
            {
                Picks = Picks(summary, trials),
                Target = summary.Targets is { Count: > 1 } ? null : window.Target,
                Tolerance = window.Tolerance,
            });
        pareto.Save(folder.Pareto);
        if (steps.Count > 0)
        {
            using var curves = SearchCurves.Draw(new CurvesFigure(record.Name, steps));
            curves.Save(folder.Curves);
        }

        if (summary.ControllerRate is not null) AtomicFile.WriteText(folder.Alternatives, AlternativesCsv.Text(alternatives));
        AtomicFile.WriteText(folder.ReadMe, RunReadMe.Of(record, summary, File.Exists(folder.Latency)));
        WriteBest(folder, summary); // last: it says that the run is whole
    }

    /// <summary>Writes <c>best.json</c>.</summary>
    public static void WriteBest(RunFolder folder, SearchSummary summary) => AtomicFile.WriteText(folder.Best, JsonSerializer.Serialize(summary, Format));

    /// <summary>Reads a <c>best.json</c>.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static SearchSummary ReadBest(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SearchSummary>(File.ReadAllText(path), Format) ?? throw new InputException($"{path} is damaged: it is empty.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Reads a run's <c>best.json</c>.</summary>
    /// <exception cref="InputException">The run has none yet, or not this version's.</exception>
    public static SearchSummary Read(RunFolder folder, string run) => File.Exists(folder.Best)
        ? ReadBest(folder.Best)
        : throw new InputException($"run '{run}' has no result yet: {folder.Best} is written when it ends; `movinet search --resume {run}` goes on with it.");

    private static List<ParetoPick> Picks(SearchSummary summary, IReadOnlyList<Trial> trials)
    {
        var picks = new List<ParetoPick>();
        void Add(string label, SummaryPick? pick)
        {
            var trial = trials.FirstOrDefault(t => t.Genotype == pick?.Genotype && t.Phase is TrialPhase.Rescored or TrialPhase.Evolved);
            if (trial is not null && picks.All(known => known.Trial != trial)) picks.Add(new ParetoPick(label, trial));
        }

        if (summary.Targets is { Count: > 1 } targets)
        {
            foreach (var target in targets) Add($"best at {Units.Metric(target.Target)}", target.Best);
            return picks;
        }

        Add(summary.MostProbable is null ? "best feasible" : "most probable feasible", summary.Feasible);
        Add("most probable", summary.MostProbable);
        return picks;
    }
}
