using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Epic-Kitchens 100: <c>P01/videos/P01_101.MP4</c> with EPIC_100_train.csv, EPIC_100_validation.csv and the lists of classes.</summary>
/// <remarks>Every narrated action is a clip, cut out by start_timestamp and stop_timestamp. The source is the video: the official
/// validation has most cooks of the training on purpose. Clips are cut out of video files, not of the published frames.</remarks>
public sealed record EpicKitchensLayout : OfficialLayout
{
    private static readonly string[] Folders = ["epic-kitchens-100-annotations"];
    private static readonly string[] Formats = [@"hh\:mm\:ss", @"hh\:mm\:ss\.f", @"hh\:mm\:ss\.ff", @"hh\:mm\:ss\.fff", @"hh\:mm\:ss\.ffffff"];

    /// <summary>What of an action is learned.</summary>
    public EpicLabel Label { get; init; } = EpicLabel.Verb;

    /// <inheritdoc/>
    public override bool HasOneLabel => Label != EpicLabel.VerbAndNoun;

    internal override void Read(LayoutReading reading)
    {
        string train = reading.FileCalled(["EPIC_100_train.csv"], Folders), validation = reading.FileCalled(["EPIC_100_validation.csv"], Folders);
        string[] verbs = ReadKeys(reading, reading.FileCalled(["EPIC_100_verb_classes.csv"], Folders));
        string[] nouns = ReadKeys(reading, reading.FileCalled(["EPIC_100_noun_classes.csv"], Folders));
        reading.Faults.ThrowIfAny();
        foreach (string verb in Label is EpicLabel.Verb or EpicLabel.VerbAndNoun ? verbs : []) reading.AddClass(LabelsOf(verb, "")[0]);
        foreach (string noun in Label is EpicLabel.Noun or EpicLabel.VerbAndNoun ? nouns : []) reading.AddClass(LabelsOf("", noun)[^1]);
        if (Label == EpicLabel.VerbAndNoun)
        {
            reading.Heads.Add(new LabelHead("verb", 0, verbs.Length, IsMultiLabel: false));
            reading.Heads.Add(new LabelHead("noun", verbs.Length, nouns.Length, IsMultiLabel: false));
        }

        ReadActions(reading, train, verbs, nouns, Split.Weights);
        ReadActions(reading, validation, verbs, nouns, Split.Test);
        if (Label == EpicLabel.Action) reading.SortClasses();
    }

    // Columns id and key; ids count from 0 in the order of the lines.
    private static string[] ReadKeys(LayoutReading reading, string file)
    {
        List<CsvRows.Row> rows = AnnotationText.Rows(file);
        if (rows.Count < 2) throw new InputException($"{file} lists no class.");
        int[] columns = AnnotationText.Columns(file, rows[0], "id", "key");
        List<string> keys = [];
        foreach (CsvRows.Row row in rows.Skip(1))
        {
            string id = row.Fields.ElementAtOrDefault(columns[0]) ?? "", key = row.Fields.ElementAtOrDefault(columns[1]) ?? "";
            if (id == $"{keys.Count}" && key.Length > 0 && !keys.Contains(key)) keys.Add(key);
            else reading.Faults.Add(file, row.Line, $"must be id {keys.Count} and a key of its own, not '{string.Join(',', row.Fields.Take(3))}'");
        }

        return [.. keys];
    }

    private void ReadActions(LayoutReading reading, string file, string[] verbs, string[] nouns, Split split)
    {
        List<CsvRows.Row> rows = AnnotationText.Rows(file);
        if (rows.Count == 0) throw new InputException($"{file} is empty.");
        int[] columns = AnnotationText.Columns(file, rows[0], "narration_id", "video_id", "start_timestamp", "stop_timestamp", "verb_class", "noun_class");
        foreach (CsvRows.Row row in rows.Skip(1))
        {
            if (row.Fields.Count != rows[0].Fields.Count)
            {
                reading.Faults.Add(file, row.Line, $"{row.Fields.Count} fields, the header has {rows[0].Fields.Count}");
                continue;
            }

            string[] values = [.. columns.Select(column => row.Fields[column])];
            string? verb = Key(reading, file, row.Line, "verb_class", values[4], verbs), noun = Key(reading, file, row.Line, "noun_class", values[5], nouns);
            if (Time(values[2]) is not { } start || Time(values[3]) is not { } end || end <= start)
                reading.Faults.Add(file, row.Line, $"timestamps must be hh:mm:ss.ff, the stop after the start, not '{values[2]}' and '{values[3]}'");
            else if (values[0].Length == 0 || values[1].Length == 0 || values[1].Contains('/'))
                reading.Faults.Add(file, row.Line, $"narration_id and video_id must not be empty, nor the video a path; they are '{values[0]}' and '{values[1]}'");
            else if (verb is not null && noun is not null)
                Add(reading, file, row.Line, values, new VideoSpan(start, end), LabelsOf(verb, noun), split);
        }
    }

    // A word may be a verb and a noun: side by side each says which it is.
    private string[] LabelsOf(string verb, string noun) => Label switch
    {
        EpicLabel.Verb => [verb],
        EpicLabel.Noun => [noun],
        EpicLabel.Action => [$"{verb} {noun}"],
        _ => [$"verb:{verb}", $"noun:{noun}"],
    };

    private static void Add(LayoutReading reading, string file, int line, string[] values, VideoSpan span, string[] labels, Split split)
    {
        foreach (string label in labels) reading.AddClass(label);
        reading.AddSegment(file, line, values[0], values[1], ".MP4", span, labels, split, values[1]);
    }

    private static string? Key(LayoutReading reading, string file, int line, string column, string text, string[] keys)
    {
        if (int.TryParse(text, out int number) && number >= 0 && number < keys.Length) return keys[number];
        reading.Faults.Add(file, line, $"{column} must be 0-{keys.Length - 1}, not '{text}'");
        return null;
    }

    private static TimeSpan? Time(string text) =>
        TimeSpan.TryParseExact(text, Formats, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
}
