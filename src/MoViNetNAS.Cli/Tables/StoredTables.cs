using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tables;

/// <summary>The tables of studies and comparisons, made again from the files that they wrote.</summary>
internal static class StoredTables
{
    /// <summary>The table of a study, from its <c>table.csv</c>.</summary>
    /// <exception cref="InputException">The folder is no study's, or the file is damaged.</exception>
    public static TextTable Study(string folder)
    {
        var csv = StoredCsv.Read(folder, "table.csv", "`movinet study`", "row", "seed", "measure", "right", "clips", "macsPerVideo", "macsPerFrame", "trainableParameters", "streamStateBytes");
        AblationRow[] rows = [.. csv.Rows.GroupBy(row => csv.Text(row, "row")).Select(group =>
        {
            long Whole(string column) => (long)csv.Number(group.First(), column);
            return new AblationRow(
                group.Key, [.. group.Select(row => ((ulong)csv.Number(row, "seed"), csv.Number(row, "measure")))], [.. group.Select(row => (int)csv.Number(row, "right"))],
                (int)Whole("clips"), Whole("macsPerVideo"), Whole("macsPerFrame"), Whole("trainableParameters"), Whole("streamStateBytes"));
        })];
        if (Array.Find(rows, row => !row.Measures.Select(one => one.Seed).SequenceEqual(rows[0].Measures.Select(one => one.Seed))) is { } other)
            throw new InputException($"{folder}: the rows '{rows[0].Name}' and '{other.Name}' have different seeds, so that they cannot be compared seed by seed.");
        return AblationTable.Of(rows, "measure");
    }

    /// <summary>The table of a comparison of methods, from its <c>results.csv</c> and, where it has them, <c>curves.csv</c>; regrets are not in these files.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="baseline">The method that others are compared with.</param>
    /// <exception cref="InputException">The folder is no comparison's, a file is damaged, or there is no such method.</exception>
    public static TextTable Methods(string folder, string baseline)
    {
        var csv = StoredCsv.Read(folder, "results.csv", "`movinet compare`", "method", "seed", "test", "trainedClips", "scoredClips", "seconds");
        var methods = csv.Rows.GroupBy(row => csv.Text(row, "method")).Select(group => (Name: group.Key, Rows: group.OrderBy(row => csv.Number(row, "seed")).ToArray())).ToList();
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
            double Mean(string column) => method.Rows.Average(row => csv.Number(row, column));
            return new MethodRow(
                method.Name, SampleSummary.Of(own), null, volumes.TryGetValue(method.Name, out double[]? ends) ? SampleSummary.Of(ends) : null,
                isBaseline ? null : PairedDifference.Summary(own, tests), isCompared ? PairedTTest.Of(own, tests, Alternative.Greater)?.P : null,
                isCompared ? WilcoxonSignedRank.Of(own, tests, Alternative.Greater)?.P : null, Mean("trainedClips"), Mean("scoredClips"), Mean("seconds"));
        })], "test, %", baseline);

        IEnumerable<double> Seeds(Data.CsvRows.Row[] rows) => rows.Select(row => csv.Number(row, "seed"));
        double[] Tests(Data.CsvRows.Row[] rows) => [.. rows.Select(row => csv.Number(row, "test"))];
    }

    // What each search had in the end.
    private static Dictionary<string, double[]> Hypervolumes(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "curves.csv"))) return [];
        var csv = StoredCsv.Read(folder, "curves.csv", "`movinet compare`", "method", "seed", "trainedClips", "hypervolume");
        return csv.Rows.GroupBy(row => csv.Text(row, "method")).ToDictionary(
            method => method.Key,
            method => method.GroupBy(row => csv.Number(row, "seed")).Select(seed => csv.Number(seed.MaxBy(row => csv.Number(row, "trainedClips"))!, "hypervolume")).ToArray());
    }
}
