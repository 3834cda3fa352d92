using System.Text.Json;
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
        CostWindow window, IReadOnlyList<Alternative> alternatives)
    {
        var shown = MeasuredFront.Shown(trials);
        var front = MeasuredFront.Of(trials, window.Objective);
        AtomicFile.WriteText(folder.Front, FrontTable.Csv(front, window.Objective));
        ParetoPlot.Save(
            new ParetoFigure($"{record.Name}: {record.Algorithm} over {record.SpaceName}", window.Objective, [new ParetoSeries(record.Name, front, [.. shown.Except(front)])])
            {
                Picks = Picks(summary, trials),
                Target = window.Target,
                Tolerance = window.Tolerance,
            },
            folder.Pareto);
        SearchCurves.Save(record.Name, steps, folder.Curves);
        if (summary.ControllerRate is not null) AtomicFile.WriteText(folder.Alternatives, AlternativesCsv.Text(alternatives));
        AtomicFile.WriteText(folder.ReadMe, RunReadMe.Of(record, summary, File.Exists(folder.Latency)));
        AtomicFile.WriteText(folder.Best, JsonSerializer.Serialize(summary, Format)); // last: it says that the run is whole
    }

    /// <summary>Reads a run's <c>best.json</c>.</summary>
    /// <exception cref="InputException">The run has none yet, or not this version's.</exception>
    public static SearchSummary Read(RunFolder folder, string run)
    {
        if (!File.Exists(folder.Best)) throw new InputException($"run '{run}' has no result yet: {folder.Best} is written when it ends; `movinet search --resume {run}` goes on with it.");
        try
        {
            return JsonSerializer.Deserialize<SearchSummary>(File.ReadAllText(folder.Best), Format) ?? throw new InputException($"{folder.Best} holds nothing.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{folder.Best} is damaged: {e.Message}", e);
        }
    }

    private static List<ParetoPick> Picks(SearchSummary summary, IReadOnlyList<Trial> trials)
    {
        var picks = new List<ParetoPick>();
        void Add(string label, SummaryPick? pick)
        {
            var trial = trials.FirstOrDefault(t => t.Genotype == pick?.Genotype && t.Phase is TrialPhase.Rescored);
            if (trial is not null && picks.All(known => known.Trial != trial)) picks.Add(new ParetoPick(label, trial));
        }

        Add(summary.MostProbable is null ? "best feasible" : "most probable feasible", summary.Feasible);
        Add("most probable", summary.MostProbable);
        return picks;
    }
}
