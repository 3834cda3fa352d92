namespace MoViNetNAS.Data;

/// <summary>Moments in Time: <c>training/class/name.mp4</c> and <c>validation/class/name.mp4</c> with moments_categories.txt,
/// trainingSet.csv and validationSet.csv.</summary>
/// <remarks>A row is the path below the folder of its set, the class and two counts of votes, without a header. The source is
/// the name up to its last number (<c>yt-id_17</c>: a three-second piece of a longer video).</remarks>
public sealed record MomentsInTimeLayout : OfficialLayout
{
    internal override void Read(LayoutReading reading)
    {
        string train = reading.FileCalled(["trainingSet.csv"]), validation = reading.FileCalled(["validationSet.csv"]);
        ReadCategories(reading, reading.FileCalled(["moments_categories.txt"]));
        ReadRows(reading, train, "training", Split.Weights);
        ReadRows(reading, validation, "validation", Split.Test);
    }

    // "clapping,0": numbers count from 0.
    private static void ReadCategories(LayoutReading reading, string file)
    {
        SortedDictionary<int, string> names = [];
        foreach (CsvRows.Row row in AnnotationText.Rows(file))
        {
            if (row.Fields.Count != 2 || row.Fields[0].Length == 0 || !int.TryParse(row.Fields[1], out int number) || number < 0)
                reading.Faults.Add(file, row.Line, $"must be 'class,number', not '{string.Join(',', row.Fields)}'");
            else if (!names.TryAdd(number, row.Fields[0]))
                reading.Faults.Add(file, row.Line, $"number {number} of '{row.Fields[0]}' is that of '{names[number]}' too");
        }

        reading.Faults.ThrowIfAny();
        foreach (string name in names.Values) reading.AddClass(name);
    }

    private static void ReadRows(LayoutReading reading, string file, string folder, Split split)
    {
        foreach (CsvRows.Row row in AnnotationText.Rows(file))
        {
            string path = row.Fields[0].Replace('\\', '/'), name = path[(path.LastIndexOf('/') + 1)..];
            if (row.Fields.Count < 2 || name.Length == 0)
            {
                reading.Faults.Add(file, row.Line, $"must be 'class/name.mp4,class,votes,votes', not '{string.Join(',', row.Fields)}'");
                continue;
            }

            string label = row.Fields[1], stem = VideoIndex.WithoutExtension(path);
            if (!reading.IsClass(file, row.Line, label)) continue;
            reading.AddVideo(
                file, row.Line, $"{folder}/{stem}", ".mp4", label, split, SourceOf(VideoIndex.WithoutExtension(name)), mayRepeat: true);
        }
    }

    private static string SourceOf(string name)
    {
        int at = name.LastIndexOf('_');
        return at > 0 && at < name.Length - 1 && name.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? name[..at] : name;
    }
}
