using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Something-Something V2: <c>78687.webm</c> (or a folder 78687 of its frames) with labels.json, train.json and validation.json.</summary>
/// <remarks>The class of a video is its template without brackets, as in labels.json; the order of the classes is its numbers.
/// Who recorded a video is not published, so that each is its own source. Many classes name left and right: train without flips.</remarks>
public sealed record SomethingSomethingLayout : OfficialLayout
{
    private static readonly string[] Folders = ["labels"];

    internal override void Read(LayoutReading reading)
    {
        string train = reading.FileCalled(["train.json"], Folders), validation = reading.FileCalled(["validation.json"], Folders);
        ReadLabels(reading, reading.FileCalled(["labels.json"], Folders));
        ReadVideos(reading, train, Split.Weights);
        ReadVideos(reading, validation, Split.Test);
    }

    // { "Approaching something with your camera": "0", ... }
    private static void ReadLabels(LayoutReading reading, string file)
    {
        SortedDictionary<int, string> names = [];
        var lines = new JsonLines(file);
        foreach (var (line, name, text) in lines.Texts())
        {
            if (!int.TryParse(text, out int number) || number < 0) reading.Faults.Add(file, line, $"the number of '{name}' must be a whole number from 0, not '{text}'");
            else if (!names.TryAdd(number, name)) reading.Faults.Add(file, line, $"number {number} of '{name}' is that of '{names[number]}' too");
        }

        if (names.Count > 0 && names.Keys.Last() != names.Count - 1)
            reading.Faults.Add(file, 1, $"the {names.Count} classes must be numbered from 0 to {names.Count - 1}, the last is {names.Keys.Last()}");
        reading.Faults.ThrowIfAny();
        foreach (string name in names.Values) reading.AddClass(name);
    }

    // [ { "id": "78687", "label": "holding potato next to vicks", "template": "Holding [something] next to [something]", ... }, ... ]
    private static void ReadVideos(LayoutReading reading, string file, Split split)
    {
        var lines = new JsonLines(file);
        foreach (var (line, values) in lines.Objects("id", "template"))
        {
            string id = values[0], label = values[1].Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            if (id.Length == 0 || label.Length == 0) reading.Faults.Add(file, line, $"a video must have the texts 'id' and 'template'; they are '{id}' and '{label}'");
            else if (id.Any(c => !char.IsAsciiDigit(c))) reading.Faults.Add(file, line, $"id must be a number, not '{id}'");
            else if (reading.IsClass(file, line, label)) reading.AddVideo(file, line, id, ".webm", label, split, id);
        }
    }
}
