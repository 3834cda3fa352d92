using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>The members of a front as a table: for readers (text, Markdown, LaTeX) and for programs (CSV).</summary>
public static class FrontTable
{
    /// <summary>A table to read, the cheapest member first.</summary>
    /// <exception cref="InputException">The front is empty.</exception>
    public static TextTable Of(IReadOnlyList<Trial> front, CostObjective objective) => TextTable.Of(Ordered(front, objective).Select((trial, i) => (Rank: i + 1, Trial: trial)),
    [
        new TableColumn<(int Rank, Trial Trial)>("#", "rank", row => TableCell.Count(row.Rank)),
        new(ObjectiveText.Label(objective), CostObjectives.NameOf(objective), row => TableCell.Short(row.Trial.Cost.Of(objective))),
        new("Top-1 %", "top1", row => TableCell.Percent(row.Trial.Quality, "0.00")),
        new("Clips", "clips", row => new TableCell($"{row.Trial.QualityClips}", row.Trial.QualityClips)),
        new("Parameters", "trainableParameters", row => TableCell.Short(row.Trial.Cost.TrainableParameters)),
        new("Scored", "phase", row => row.Trial.Phase.ToString().ToLowerInvariant(), IsNumber: false),
        new("Genotype", "genotype", row => row.Trial.Genotype, IsNumber: false),
    ]);

    /// <summary>The text of <c>front.csv</c> (RFC 4180), the cheapest member first, numbers exact; latencyMs is empty where none was measured.</summary>
    /// <exception cref="InputException">The front is empty.</exception>
    public static string Csv(IReadOnlyList<Trial> front, CostObjective objective)
    {
        var trials = Ordered(front, objective);
        return CsvText.Of(
            new Int32DataFrameColumn("rank", Enumerable.Range(1, trials.Count)),
            new StringDataFrameColumn("run", trials.Select(trial => trial.Run)),
            new StringDataFrameColumn("phase", trials.Select(trial => trial.Phase.ToString())),
            new Int32DataFrameColumn("step", trials.Select(trial => trial.Step)),
            new Int32DataFrameColumn("candidate", trials.Select(trial => trial.Candidate)),
            new DoubleDataFrameColumn("top1", trials.Select(trial => trial.Quality)),
            new Int32DataFrameColumn("clips", trials.Select(trial => trial.QualityClips)),
            new DoubleDataFrameColumn("reward", trials.Select(trial => trial.Reward)),
            new Int64DataFrameColumn("macs", trials.Select(trial => trial.Cost.Macs)),
            new Int64DataFrameColumn("macsPerFrame", trials.Select(trial => trial.Cost.MacsPerFrame)),
            new Int64DataFrameColumn("paperFlops", trials.Select(trial => trial.Cost.PaperFlops)),
            new Int64DataFrameColumn("trainableParameters", trials.Select(trial => trial.Cost.TrainableParameters)),
            new Int64DataFrameColumn("totalParameters", trials.Select(trial => trial.Cost.TotalParameters)),
            new Int64DataFrameColumn("streamStateBytes", trials.Select(trial => trial.Cost.StreamStateBytes)),
            new Int64DataFrameColumn("peakActivationBytes", trials.Select(trial => trial.Cost.PeakActivationBytes)),
            new DoubleDataFrameColumn("latencyMs", trials.Select(trial => trial.Cost.LatencyMs)),
            new StringDataFrameColumn("genotype", trials.Select(trial => trial.Genotype)));
    }

    private static List<Trial> Ordered(IReadOnlyList<Trial> front, CostObjective objective) => front.Count == 0
        ? throw new InputException("the front is empty: no trial was scored outside warm-up.")
        : [.. front.OrderBy(trial => trial.Cost.Of(objective)).ThenBy(trial => trial.Quality)];
}
