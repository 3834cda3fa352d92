using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Cli.Studies;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tables;

/// <summary>The tables of studies and comparisons, made again from the files that they wrote.</summary>
internal static class StoredTables
{
    /// <summary>The table of a study, from its <c>table.csv</c>.</summary>
    /// <exception cref="InputException">The folder is no study's, or the file is damaged.</exception>
    public static TextTable Study(string folder)
    {
        var csv = DataFolder.Read(folder, "table.csv", "study", "row", "seed", "measure", "right", "clips", "macsPerVideo", "macsPerFrame", "trainableParameters", "streamStateBytes");
        RequireRows(csv);
        string measure = MeasureOf(csv);
        AblationRow[] rows = [.. csv.Rows.GroupBy(row => row.Text("row")).Select(group =>
        {
            long Whole(string column) => group.First().Whole(column);
            return new AblationRow(
                group.Key, [.. group.Select(row => ((ulong)row.Number("seed"), row.Number("measure")))], measure == EvaluationResult.Top1Name ? [.. group.Select(row => (int)row.Number("right"))] : null,
                (int)Whole("clips"), Whole("macsPerVideo"), Whole("macsPerFrame"), Whole("trainableParameters"), Whole("streamStateBytes"));
        })];
        if (Array.Find(rows, row => !row.Measures.Select(one => one.Seed).SequenceEqual(rows[0].Measures.Select(one => one.Seed))) is { } other)
            throw new InputException($"{folder}: the rows '{rows[0].Name}' and '{other.Name}' have different seeds, so that they cannot be compared seed by seed.");
        return AblationTable.Of(rows, measure);
    }

    // Files from before the measure was named have no right clip in spite of a measure above 0, where any number of classes may be right.
    private static string MeasureOf(CsvTable csv)
    {
        if (csv.Columns.Contains(StudyFiles.MeasureNameColumn)) return csv.Rows[0].Text(StudyFiles.MeasureNameColumn);
        bool isTop1 = csv.Rows.All(row => row.Number("measure") == 0) || csv.Rows.Any(row => row.Number("right") > 0);
        return isTop1 ? EvaluationResult.Top1Name : EvaluationResult.MeanAveragePrecisionName;
    }

    /// <summary>The table of a comparison of methods, from its <c>results.csv</c> and, where it has them, <c>curves.csv</c>; regrets are not in these files.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="baseline">The method that others are compared with.</param>
    /// <exception cref="InputException">The folder is no comparison's, a file is damaged, or there is no such method.</exception>
    public static TextTable Methods(string folder, string baseline)
    {
        var csv = DataFolder.Read(folder, "results.csv", "compare", "method", "seed", "test", "trainedClips", "scoredClips", "seconds");
        RequireRows(csv);
        var methods = csv.Rows.GroupBy(row => row.Text("method")).Select(group => (Name: group.Key, Rows: group.OrderBy(row => row.Number("seed")).ToArray())).ToList();
        var other = methods.Find(method => method.Name == baseline);
        if (other.Rows is null) throw new InputException($"--baseline: {folder} has no method '{baseline}'{NearestName.End(baseline, methods.Select(method => method.Name))}");
        if (methods.Find(method => !Seeds(method.Rows).SequenceEqual(Seeds(other.Rows))) is { Name: { } odd })
            throw new InputException($"{folder}: the methods '{baseline}' and '{odd}' have different seeds, so that they cannot be compared seed by seed.");
        var volumes = Hypervolumes(folder);
        double[] tests = Tests(other.Rows);
        return MethodTable.Of([.. methods.Select(method =>
        {
            double[] own = Tests(method.Rows);
            bool isBaseline = method.Name == baseline, isCompared = !isBaseline && own.Length > 1;
            double Mean(string column) => method.Rows.Average(row => row.Number(column));
            return new MethodRow(
                method.Name, SampleSummary.Of(own), null, volumes.TryGetValue(method.Name, out double[]? ends) ? SampleSummary.Of(ends) : null,
                isBaseline ? null : PairedDifference.Summary(own, tests), isCompared ? PairedTTest.Of(own, tests, Alternative.Greater)?.P : null,
                isCompared ? WilcoxonSignedRank.Of(own, tests, Alternative.Greater)?.P : null, Mean("trainedClips"), Mean("scoredClips"), Mean("seconds"));
        })], "test, %", baseline);

        static IEnumerable<double> Seeds(CsvRow[] rows) => rows.Select(row => row.Number("seed"));
        static double[] Tests(CsvRow[] rows) => [.. rows.Select(row => row.NumberOrNone("test") ?? 0)];
    }

    // What each search had in the end.
    private static Dictionary<string, double[]> Hypervolumes(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "curves.csv"))) return [];
        var csv = DataFolder.Read(folder, "curves.csv", "compare", "method", "seed", "trainedClips", "hypervolume");
        return csv.Rows.GroupBy(row => row.Text("method")).ToDictionary(
            method => method.Key,
            method => method.GroupBy(row => row.Number("seed")).Select(seed => seed.MaxBy(row => row.Number("trainedClips"))!.Number("hypervolume")).ToArray());
    }

    private static void RequireRows(CsvTable csv)
    {
        if (csv.Rows.Count == 0) throw new InputException($"{csv.Name} has no rows.");
    }
}
