using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Reads <c>manifest.csv</c>: columns path, label, split (train, val, test) and subject; others are ignored.</summary>
internal static class Manifest
{
    public const string FileName = "manifest.csv";

    private const int FaultsShown = 10;
    private static readonly string[] Required = ["path", "label", "split", "subject"];
    private static readonly Dictionary<string, Split> Splits = new(StringComparer.Ordinal)
    {
        ["train"] = Split.Weights,
        ["val"] = Split.Score,
        ["test"] = Split.Test,
    };

    /// <summary>The rows in the file's order, with full paths inside <paramref name="folder"/>.</summary>
    /// <exception cref="InputException">The folder or file is missing, or lines are wrong; all of them are listed.</exception>
    public static IReadOnlyList<ManifestRow> Read(string folder)
    {
        string root = Path.GetFullPath(folder);
        string file = Path.Combine(root, FileName);
        if (!Directory.Exists(root)) throw new InputException($"video folder {root} does not exist.");
        if (!File.Exists(file))
            throw new InputException($"{file} does not exist; it lists the videos, with the columns {string.Join(',', Required)}.");
        List<CsvRows.Row> rows = AnnotationText.Rows(file);
        if (rows.Count < 2) throw new InputException($"{file} lists no video.");
        int[] columns = AnnotationText.Columns(file, rows[0], Required);
        List<string> faults = [];
        List<ManifestRow> videos = [];
        foreach (CsvRows.Row row in rows.Skip(1))
        {
            if (row.Fields.Count != rows[0].Fields.Count)
                faults.Add($"({row.Line}): {row.Fields.Count} fields, the header has {rows[0].Fields.Count}");
            else if (ReadRow(root, row, columns, faults) is { } video)
                videos.Add(video);
        }

        faults.AddRange(Repeats(videos).Concat(SharedSubjects(videos)));
        if (faults.Count == 0) return videos;
        string more = faults.Count > FaultsShown ? $"\n  and {faults.Count - FaultsShown} more" : "";
        throw new InputException(string.Join('\n', faults.Take(FaultsShown).Select(fault => file + fault)) + more);
    }

    /// <summary>The name of <paramref name="split"/> in a manifest.</summary>
    public static string NameOf(Split split) => Splits.First(pair => pair.Value == split).Key;

    private static ManifestRow? ReadRow(string root, CsvRows.Row row, int[] columns, List<string> faults)
    {
        string[] values = [.. columns.Select(column => row.Fields[column])];
        int before = faults.Count;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Length == 0) faults.Add($"({row.Line}): {Required[i]} is empty{(i == 3 ? "; splits go by subject" : "")}");
        }

        if (values[2].Length > 0 && !Splits.ContainsKey(values[2]))
            faults.Add($"({row.Line}): unknown split '{values[2]}', allowed are {string.Join(", ", Splits.Keys)}{NearestName.Hint(values[2], Splits.Keys)}");
        string path = values[0].Replace('\\', '/');
        if (!IsInside(root, path))
            faults.Add($"({row.Line}): path '{values[0]}' leaves the folder; paths are relative to the manifest and stay inside its folder");
        return faults.Count > before
            ? null
            : new ManifestRow(row.Line, path, Path.GetFullPath(path, root), values[1], Splits[values[2]], values[3]);
    }

    private static bool IsInside(string root, string path) =>
        !path.Contains('\0') && !Path.IsPathRooted(path)
        && Path.GetFullPath(path, root).StartsWith(
            Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Repeats(IEnumerable<ManifestRow> videos) => videos
        .GroupBy(video => video.FullPath)
        .Where(group => group.Count() > 1)
        .Select(group => $"({group.Last().Line}): path '{group.Key}' is listed before, on line {group.First().Line}");

    // A split by clip lets a network recognise the person instead of the action.
    private static IEnumerable<string> SharedSubjects(IEnumerable<ManifestRow> videos) => videos
        .GroupBy(video => video.Subject)
        .Select(group => (Subject: group.Key, Lines: group.DistinctBy(video => video.Split).ToList()))
        .Where(pair => pair.Lines.Count > 1)
        .Select(pair => $"({pair.Lines[1].Line}): subject '{pair.Subject}' is in two splits: {NameOf(pair.Lines[0].Split)} on line "
            + $"{pair.Lines[0].Line} and {NameOf(pair.Lines[1].Split)} on line {pair.Lines[1].Line}; every subject belongs to one");
}
