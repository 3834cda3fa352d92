using System.Text.RegularExpressions;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>UCF101: <c>Class/v_Class_g08_c01.avi</c> with classInd.txt, trainlist01.txt and testlist01.txt (01-03).</summary>
/// <remarks>The source is the class and its group (g08): the clips of a group are cut out of the same video.</remarks>
public sealed partial record Ucf101Layout : OfficialLayout
{
    private const string Folder = "ucfTrainTestlist";

    /// <summary>Which of the three official splits, 1-3.</summary>
    public int OfficialSplit { get; init; } = 1;

    internal override void Read(LayoutReading reading)
    {
        if (OfficialSplit is < 1 or > 3) throw new InputException($"official split must be 1-3, got {OfficialSplit}.");
        string train = reading.FileCalled([$"trainlist{OfficialSplit:00}.txt"], Folder), test = reading.FileCalled([$"testlist{OfficialSplit:00}.txt"], Folder);
        string[] labels = ReadClasses(reading, reading.FileCalled(["classInd.txt"], Folder));
        ReadList(reading, train, Split.Weights, labels);
        ReadList(reading, test, Split.Test, labels);
    }

    // "1 ApplyEyeMakeup": numbers count from 1, without gaps.
    private static string[] ReadClasses(LayoutReading reading, string file)
    {
        foreach (var (line, text) in AnnotationText.Lines(file))
        {
            string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 2 && words[0] == $"{reading.Classes.Count + 1}") reading.AddClass(words[1]);
            else reading.Faults.Add(file, line, $"must be '{reading.Classes.Count + 1} ClassName', not '{text}'");
        }

        reading.Faults.ThrowIfAny();
        return [.. reading.Classes];
    }

    // "ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1"; the lists for testing have no number.
    private static void ReadList(LayoutReading reading, string file, Split split, string[] labels)
    {
        foreach (var (line, text) in AnnotationText.Lines(file))
        {
            Match match = Entry().Match(text);
            if (!match.Success)
            {
                reading.Faults.Add(file, line, $"must be 'Class/v_Class_gNN_cNN.avi' with or without the number of the class, not '{text}'");
                continue;
            }

            string label = match.Groups["class"].Value, number = match.Groups["number"].Value;
            if (!reading.IsClass(file, line, label)) continue;
            if (number.Length > 0 && number != $"{Array.IndexOf(labels, label) + 1}")
                reading.Faults.Add(file, line, $"class '{label}' is number {Array.IndexOf(labels, label) + 1} in classInd.txt, not {number}");
            else
                reading.AddVideo(file, line, $"{label}/{match.Groups["name"].Value}", ".avi", label, split, $"{label}/{match.Groups["group"].Value}");
        }
    }

    // Lower and upper case differ between folder and file in one class (HandstandPushups/v_HandStandPushups_...).
    [GeneratedRegex(@"^(?<class>[^/\s]+)/(?<name>v_[^/\s]+_(?<group>g\d+)_c\d+)\.avi(\s+(?<number>\d+))?$")]
    private static partial Regex Entry();
}
