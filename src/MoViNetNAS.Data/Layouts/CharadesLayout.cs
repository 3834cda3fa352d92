using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Charades: <c>Charades_v1_480/YSKX3.mp4</c> (or its frames) with Charades_v1_train.csv, Charades_v1_test.csv and Charades_v1_classes.txt.</summary>
/// <remarks>An item has every class that is anywhere in its video, as mean average precision over whole videos is published; a training
/// clip is taught those that it shows. The source is the subject, who recorded the video. Source of the format: the README of the data set.</remarks>
public sealed record CharadesLayout : OfficialLayout
{
    private const NumberStyles Seconds = NumberStyles.AllowDecimalPoint;
    private static readonly string[] Folders = ["Charades"];

    /// <summary>Whether a training clip is taught every class of its video; default: those of the stretch that it shows, as SlowFast trains.</summary>
    public bool IsWholeVideoTaught { get; init; }

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

    private void ReadVideos(LayoutReading reading, string file, Dictionary<string, string> classes, Split split)
    {
        List<CsvRows.Row> rows = AnnotationText.Rows(file);
        if (rows.Count == 0) throw new InputException($"{file} is empty.");
        // Files from before 2017 have no length, and need none for the classes of whole videos.
        int[] columns = AnnotationText.Columns(file, rows[0], IsWholeVideoTaught ? ["id", "subject", "actions"] : ["id", "subject", "actions", "length"]);
        foreach (CsvRows.Row row in rows.Skip(1))
        {
            if (row.Fields.Count != rows[0].Fields.Count)
            {
                reading.Faults.Add(file, row.Line, $"{row.Fields.Count} fields, the header has {rows[0].Fields.Count}");
                continue;
            }

            string id = row.Fields[columns[0]], subject = row.Fields[columns[1]];
            double length = 0;
            if (id.Length == 0 || subject.Length == 0 || id.Contains('/') || id.Contains('\\'))
                reading.Faults.Add(file, row.Line, $"id and subject must not be empty, nor the id a path; they are '{id}' and '{subject}'");
            else if (!IsWholeVideoTaught && !(TryReadSeconds(row.Fields[columns[3]], out length) && length > 0))
                reading.Faults.Add(file, row.Line, $"length must be the seconds of the video, above 0, not '{row.Fields[columns[3]]}'");
            else if (ReadActions(reading, file, row.Line, row.Fields[columns[2]], classes) is { } actions)
                Add(reading, file, row.Line, id, actions, split, subject, length);
        }
    }

    // "c092 11.90 21.20;c147 0.00 12.60", or nothing; a class may be there several times.
    private static List<LabelInterval>? ReadActions(LayoutReading reading, string file, int line, string text, Dictionary<string, string> classes)
    {
        List<LabelInterval> actions = [];
        foreach (string action in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = action.Split(' ');
            if (parts.Length != 3 || !classes.TryGetValue(parts[0], out string? name)
                || !TryReadSeconds(parts[1], out double start) || !TryReadSeconds(parts[2], out double stop))
            {
                reading.Faults.Add(file, line, $"an action must be one of c000-c{classes.Count - 1:000} and two times in seconds, not '{action}'");
                return null;
            }

            // The published files have a few of these, which nobody can mend but their authors. No frame lies in them.
            if (stop < start) reading.Flaws.Add(file, line, $"action '{action}' stops before it starts: no clip shows it, the whole video counts as showing it");
            actions.Add(new LabelInterval(name, start, stop));
        }

        return actions;
    }

    private void Add(LayoutReading reading, string file, int line, string id, List<LabelInterval> actions, Split split, string subject, double length)
    {
        string[] labels = [.. actions.Select(action => action.Label).Distinct().Order(StringComparer.Ordinal)];
        LabelTimes? times = IsWholeVideoTaught ? null : new LabelTimes(length, [.. actions.Where(action => action.StartSeconds <= action.StopSeconds)]);
        reading.AddVideo(file, line, id, ".mp4", labels, split, subject, times);
    }

    private static bool TryReadSeconds(string text, out double seconds) =>
        double.TryParse(text, Seconds, CultureInfo.InvariantCulture, out seconds) && double.IsFinite(seconds);
}
