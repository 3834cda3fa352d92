using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>The tables and the picture of a sweep.</summary>
internal static class SweepFiles
{
    /// <summary>What a sweep will do: targets as numbers, and what its steps cost.</summary>
    public static TextTable Plan(IReadOnlyList<SweepSearch> searches) => new(
        ["run", "space", "target", "as a number", "drawn: 5 %", "median", "95 %", "mean a clip", "multiply-adds of all steps"],
        [.. searches.Select(search => new[]
        {
            search.Run, search.Space.Name, search.Target.Label, Units.Metric(search.Experiment.Search.Target!.Value), Units.Metric(search.Costs[search.Costs.Count / 20]),
            Units.Metric(search.Costs[search.Costs.Count / 2]), Units.Metric(search.Costs[search.Costs.Count * 19 / 20]), Units.Metric(search.MeanMacs), Units.Metric(search.StepMacs),
        })],
        [false, false, true, true, true, true, true, true, true]);

    /// <summary>The best of each search on its target, for people.</summary>
    public static TextTable Table(IReadOnlyList<SweepSearch> searches, IReadOnlyList<IReadOnlyList<Trial>> fronts) => new(
        ["space", "target", "as a number", "front", "cheapest", "top-1 %", "best", "top-1 %", "run"],
        [.. searches.Zip(fronts, (search, front) =>
        {
            var objective = search.Experiment.Search.Objective;
            var ordered = front.OrderBy(trial => trial.Cost.Of(objective)).ToList();
            return new[]
            {
                search.Space.Name, search.Target.Label, Units.Metric(search.Experiment.Search.Target!.Value), $"{ordered.Count}", Units.Metric(ordered[0].Cost.Of(objective)),
                Percent(ordered[0]), Units.Metric(ordered[^1].Cost.Of(objective)), Percent(ordered[^1]), search.Run,
            };
        })],
        [false, true, true, true, true, true, true, true, false]);

    /// <summary>Writes <c>fronts.csv</c>, the picture <c>pareto</c> and <c>README.md</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="sweep">What was asked.</param>
    /// <param name="searches">Its searches, all ended.</param>
    /// <param name="fronts">Their fronts.</param>
    /// <param name="command">The command that made it.</param>
    /// <param name="machine">What it ran on.</param>
    public static void Write(
        string folder, Sweep sweep, IReadOnlyList<SweepSearch> searches, IReadOnlyList<IReadOnlyList<Trial>> fronts, string command, string machine)
    {
        AtomicFile.WriteText(Path.Combine(folder, "fronts.csv"), Csv(searches, fronts));
        var (figure, legend) = Figure(sweep, searches, fronts);
        using var picture = ParetoPlot.Draw(figure);
        picture.Save(Path.Combine(folder, "pareto"));
        AtomicFile.WriteText(
            Path.Combine(folder, "README.md"),
            $"# {sweep.Name}\n\n{Table(searches, fronts).ToMarkdown()}\nThe front of each search over the architectures that were scored on the whole held-out split with shared weights. "
            + $"`fronts.csv` has every member, `pareto.png` shows {(searches.Select(search => search.Space.Name).Distinct().Count() > 1 ? "one front for each space, over all its targets" : "one front for each target")}. {legend}\n\n"
            + $"`{command}`, {machine}.\n");
    }

    /// <summary>One line for each member of each front; columns of a single front, and which search it came from.</summary>
    public static string Csv(IReadOnlyList<SweepSearch> searches, IReadOnlyList<IReadOnlyList<Trial>> fronts)
    {
        var text = new StringBuilder();
        foreach (var (search, front) in searches.Zip(fronts))
        {
            string[] lines = FrontTable.Csv(front, search.Experiment.Search.Objective).TrimEnd('\n').Split('\n');
            if (text.Length == 0) text.Append("space,target,").Append(lines[0].TrimEnd('\r')).Append('\n');
            foreach (string line in lines[1..])
                text.Append(CultureInfo.InvariantCulture, $"{search.Space.Name},{search.Experiment.Search.Target:R},{line.TrimEnd('\r')}\n");
        }

        return text.ToString();
    }

    private static (ParetoFigure Figure, string Legend) Figure(Sweep sweep, IReadOnlyList<SweepSearch> searches, IReadOnlyList<IReadOnlyList<Trial>> fronts)
    {
        var first = searches[0].Experiment;
        var objective = first.Search.Objective;
        var figure = new ParetoFigure(sweep.Name, objective, [.. Series(searches, fronts, objective)]);
        if (sweep.Published is null || objective == CostObjective.LatencyMs) return (figure, "");
        var rows = PublishedNetworks.Load(sweep.Published);
        string? dataset = PublishedDataset.Of(first.Name, first.Data)?.Title;
        var points = PublishedNetworks.On(dataset, rows, objective);
        return points.Count > 0
            ? (figure with { References = points, ReferenceLabel = $"released networks, {dataset}, trained alone (published)" }, "Diamonds are published results of the released networks, each trained alone; the fronts were scored with shared weights.")
            : (figure with { CostMarks = PublishedNetworks.Costs(rows, objective) }, "Published qualities of the released networks are of other data, so only their costs are marked.");
    }

    private static IEnumerable<ParetoSeries> Series(IReadOnlyList<SweepSearch> searches, IReadOnlyList<IReadOnlyList<Trial>> fronts, CostObjective objective)
    {
        var pairs = searches.Zip(fronts).ToArray();
        return pairs.Select(pair => pair.First.Space.Name).Distinct().Count() == 1
            ? pairs.Select(pair => new ParetoSeries($"target {Units.Metric(pair.First.Experiment.Search.Target!.Value)}", pair.Second, []))
            : pairs.GroupBy(pair => pair.First.Space.Name).Select(group => new ParetoSeries(
                $"space {group.Key}", ParetoFront.Of(group.SelectMany(pair => pair.Second), trial => trial.Cost.Of(objective), trial => trial.Quality), []));
    }

    private static string Percent(Trial trial) => (100 * trial.Quality).ToString("0.0", CultureInfo.InvariantCulture);
}
