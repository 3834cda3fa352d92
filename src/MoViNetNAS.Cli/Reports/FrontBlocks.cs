using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>The front of the runs, as figure and table; of runs with different objectives one each.</summary>
internal static class FrontBlocks
{
    public static IEnumerable<ReportBlock> Of(IReadOnlyList<ReportedRun> runs, string options)
    {
        var groups = runs.Where(run => run.Front.Count > 0).GroupBy(run => run.Record.Objective).ToList();
        foreach (var group in groups)
        {
            string suffix = groups.Count == 1 ? "" : $"-{CostObjectives.NameOf(group.Key).ToLowerInvariant()}";
            foreach (var block in OfOne([.. group], suffix, options)) yield return block;
        }
    }

    private static IEnumerable<ReportBlock> OfOne(IReadOnlyList<ReportedRun> runs, string suffix, string options)
    {
        var objective = runs[0].Record.Objective;
        var front = MeasuredFront.Of(runs.SelectMany(run => run.Shown), objective);
        bool isOneTarget = runs.Select(run => (run.Record.Target, run.Experiment.Search.Tolerance)).Distinct().Count() == 1 && runs.All(run => run.Summary?.Targets is not { Count: > 1 });
        var figure = new ParetoFigure("", objective, [.. runs.Select(run => new ParetoSeries(run.Name, run.Front, [.. run.Shown.Except(run.Front)]))])
        {
            Picks = runs.Count == 1 && runs[0].Summary is { } summary ? SearchResults.Picks(summary, runs[0].Trials) : [],
            Target = isOneTarget ? runs[0].Record.Target : null,
            Tolerance = isOneTarget ? runs[0].Experiment.Search.Tolerance : 0,
        };
        if (runs.SelectMany(run => run.Shown).All(trial => trial.Cost.Of(objective) > 0)) // a logarithmic axis shows no 0
        {
            yield return new FigureBlock(
                $"front{suffix}",
                $"Accuracy with shared weights against {Noun(objective)}: every trial outside warm-up, and the front. Members of the front of an ended run were scored on the whole held-out split.",
                $"movinet pareto {string.Join(' ', runs.Select(run => $"--run {run.Name}"))}{options}", ParetoPlot.Draw(figure));
        }

        yield return new TableBlock(
            $"front-members{suffix}", $"The {Count(front.Count, "architecture")} of the front{(runs.Count > 1 ? " over all runs" : "")}, the cheapest first.",
            runs.Count > 1 ? FrontTable.Of(front, objective).Without("genotype") : FrontTable.Of(front, objective))
        {
            OnlyOnScreen = ["genotype"],
        };
    }
}
