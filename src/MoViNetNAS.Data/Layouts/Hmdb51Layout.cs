using System.Text.RegularExpressions;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>HMDB51: <c>class/name.avi</c> with <c>class_test_split1.txt</c> (1-3) for every class.</summary>
/// <remarks>A line is a file and 1 (training), 2 (test) or 0 (neither). The source is the class and the name up to the class in
/// it (the film): <c>Film_brush_hair_u_nm_np1_ba_goo_0.avi</c>. The official splits keep the clips of a film apart class by class.</remarks>
public sealed partial record Hmdb51Layout : OfficialLayout
{
    private static readonly string[] Folders = ["testTrainMulti_7030_splits", "test_train_splits", "splits"];

    /// <summary>Which of the three official splits, 1-3.</summary>
    public int OfficialSplit { get; init; } = 1;

    internal override void Read(LayoutReading reading)
    {
        if (OfficialSplit is < 1 or > 3) throw new InputException($"official split must be 1-3, got {OfficialSplit}.");
        string ending = $"_test_split{OfficialSplit}.txt";
        string[] files = Find(reading, ending);
        foreach (string file in files) reading.AddClass(Path.GetFileName(file)[..^ending.Length]);
        reading.SortClasses();
        foreach (string file in files) ReadClass(reading, file, Path.GetFileName(file)[..^ending.Length]);
    }

    private static string[] Find(LayoutReading reading, string ending)
    {
        string[] places = [.. reading.Places(Folders).Where(Directory.Exists)];
        foreach (string place in places)
        {
            string[] files = [.. Directory.EnumerateFiles(place, "*" + ending).Order(StringComparer.Ordinal)];
            if (files.Length == 0) continue;
            reading.Origin = place;
            return files;
        }

        throw new InputException($"no annotation file *{ending} is in {string.Join(" or ", reading.Places(Folders))}.");
    }

    private static void ReadClass(LayoutReading reading, string file, string label)
    {
        foreach (var (line, text) in AnnotationText.Lines(file))
        {
            Match match = Entry().Match(text);
            if (!match.Success)
            {
                reading.Faults.Add(file, line, $"must be 'name.avi' and 0, 1 or 2, not '{text}'");
                continue;
            }

            string name = match.Groups["name"].Value, flag = match.Groups["flag"].Value;
            if (flag == "0") continue;
            int at = name.IndexOf($"_{label}_", StringComparison.Ordinal);
            string source = at > 0 ? name[..at] : name;
            reading.AddVideo(file, line, $"{label}/{name}", ".avi", label, flag == "1" ? Split.Weights : Split.Test, $"{label}/{source}");
        }
    }

    [GeneratedRegex(@"^(?<name>[^/\\]+)\.avi\s+(?<flag>[012])$")]
    private static partial Regex Entry();
}
