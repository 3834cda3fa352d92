using System.Globalization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Writes a report to a folder: <c>bench.json</c>, a CSV file for each section, the picture, <c>README.md</c>.</summary>
internal static class BenchFiles
{
    private const string Picture = "bench";

    /// <summary>Refuses a folder that cannot be written, before minutes are spent on measuring.</summary>
    /// <exception cref="MachineException">It cannot be made or written.</exception>
    public static void RequireWritable(string folder)
    {
        string probe = Path.Combine(folder, ".writable");
        AtomicFile.WriteText(probe, "");
        File.Delete(probe);
    }

    /// <summary>Writes all files, each whole or not at all.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="MachineException">One cannot be written.</exception>
    public static IReadOnlyList<string> Save(BenchReport report, string folder)
    {
        var names = new List<string>();
        void Write(string name, string text)
        {
            AtomicFile.WriteText(Path.Combine(folder, name), text);
            names.Add(name);
        }

        Write("bench.json", Terminal.ToJson(report) + "\n");
        foreach (var (name, section) in report.Results) Write(name + ".csv", Csv(section));
        BenchGroup[] groups =
        [
            .. report.Results.Select(result => result.Section).Where(section => section.Bars.Count > 0)
                .Select(section => new BenchGroup(section.BarsTitle, section.Bars)),
        ];
        if (groups.Length > 0)
        {
            using var figure = BenchPlot.Draw(new BenchFigure("", groups));
            names.AddRange(figure.Save(Path.Combine(folder, Picture)).Select(path => Path.GetFileName(path)));
        }

        string[] pictures = [.. report.Results.SelectMany(result => result.Section.SaveFigures(folder))];
        names.AddRange(pictures);
        Write("README.md", report.Markdown(groups.Length > 0 ? Picture + ".svg" : null, pictures));
        return names;
    }

    // RFC 4180, numbers exact.
    private static string Csv(IBenchSection section)
    {
        var records = section.Records.ToList();
        if (records.Count == 0) return "";
        var lines = records.Select(record => record.Select(cell => Text(cell.Value))).Prepend(records[0].Select(cell => cell.Column));
        return string.Concat(lines.Select(cells => string.Join(',', cells.Select(Quote)) + "\n"));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool fact => fact ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
