using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Charades: <c>Charades_v1_480/YSKX3.mp4</c> (or its frames) with Charades_v1_train.csv, Charades_v1_test.csv and Charades_v1_classes.txt.</summary>
/// <remarks>A clip has every class that is anywhere in its video, as mean average precision over whole videos is published;
/// the times of the actions are read over. The source is the subject, who recorded the video.</remarks>
public sealed record CharadesLayout : OfficialLayout
{
    private static readonly string[] Folders = ["Charades"];

    /// <inheritdoc/>
    public override bool HasOneLabel => false;

    internal override void Read(LayoutReading reading)
    {
        string train = reading.FileCalled(["Charades_v1_train.csv"], Folders), test = reading.FileCalled(["Charades_v1_test.csv"], Folders);
        Dictionary<string, string> classes = ReadClasses(reading, reading.FileCalled(["Charades_v1_classes.txt"], Folders));
        reading.Heads.Add(new LabelHead("action", 0, classes.Count, IsMultiLabel: true));
        ReadVideos(reading, train, classes, Split.Weights);
        ReadVideos(reading, test, classes, Split.Test);
    }

    // "c000 Holding some clothes", numbered in the order of the lines. The code stays in the name: results are published by it.
    private static Dictionary<string, string> ReadClasses(LayoutReading reading, string file)
    {
        Dictionary<string, string> classes = new(StringComparer.Ordinal);
        foreach (var (line, text) in AnnotationText.Lines(file))
        {
            string code = $"c{classes.Count:000}";
            if (text.StartsWith(code + " ", StringComparison.Ordinal)) classes.Add(code, text);
            else reading.Faults.Add(file, line, $"must be '{code} Name of the class', not '{text}'");
        }

        reading.Faults.ThrowIfAny();
        if (classes.Count == 0) throw new InputException($"{file} lists no class.");
        foreach (string name in classes.Values) reading.AddClass(name);
        return classes;
    }

    private static void ReadVideos(LayoutReading reading, string file, Dictionary<string, string> classes, Split split)
    {
        List<CsvRows.Row> rows = AnnotationText.Rows(file);
        if (rows.Count == 0) throw new InputException($"{file} is empty.");
        int[] columns = AnnotationText.Columns(file, rows[0], "id", "subject", "actions");
        foreach (CsvRows.Row row in rows.Skip(1))
        {
            if (row.Fields.Count != rows[0].Fields.Count)
            {
                reading.Faults.Add(file, row.Line, $"{row.Fields.Count} fields, the header has {rows[0].Fields.Count}");
                continue;
            }

            string id = row.Fields[columns[0]], subject = row.Fields[columns[1]];
            if (id.Length == 0 || subject.Length == 0 || id.Contains('/') || id.Contains('\\'))
                reading.Faults.Add(file, row.Line, $"id and subject must not be empty, nor the id a path; they are '{id}' and '{subject}'");
            else if (LabelsOf(reading, file, row.Line, row.Fields[columns[2]], classes) is { } labels)
                reading.AddVideo(file, row.Line, id, ".mp4", labels, split, subject);
        }
    }

    // "c092 11.90 21.20;c147 0.00 12.60", or nothing; a class may be there several times.
    private static string[]? LabelsOf(LayoutReading reading, string file, int line, string actions, Dictionary<string, string> classes)
    {
        SortedSet<string> codes = new(StringComparer.Ordinal);
        foreach (string action in actions.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = action.Split(' ');
            if (parts.Length == 3 && classes.ContainsKey(parts[0]) && IsSeconds(parts[1]) && IsSeconds(parts[2]))
            {
                codes.Add(parts[0]);
                continue;
            }

            reading.Faults.Add(file, line, $"an action must be one of c000-c{classes.Count - 1:000} and two times in seconds, not '{action}'");
            return null;
        }

        return [.. codes.Select(code => classes[code])];
    }

    private static bool IsSeconds(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
