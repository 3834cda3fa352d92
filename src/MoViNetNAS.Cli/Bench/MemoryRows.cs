using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Rows of measured memory as a table, as lines of a picture, and for programs.</summary>
internal static class MemoryRows
{
    /// <summary>A line for each length of a clip, a column for each side.</summary>
    public static TextTable Table(IReadOnlyList<MemoryRow> rows)
    {
        string[] sides = [.. rows.Select(row => row.Side).Distinct()];
        string Cell(string side, int count) => rows.FirstOrDefault(row => row.Side == side && row.Frames == count) is { } row ? Units.Bytes(row.Bytes) : "";
        return new TextTable(
            ["frames", .. sides],
            [.. rows.Select(row => row.Frames).Distinct().Order().Select(count => (IReadOnlyList<string>)[$"{count}", .. sides.Select(side => Cell(side, count))])],
            [.. Enumerable.Repeat(true, sides.Length + 1)]);
    }

    /// <summary>What a picture of inference shows.</summary>
    public static MemoryFigure InferenceFigure(string model, int resolution, IReadOnlyList<MemoryRow> rows) =>
        new($"Memory of {model.ToUpperInvariant()} at {resolution}x{resolution}", Series(rows));

    /// <summary>What a picture of training shows.</summary>
    public static MemoryFigure TrainingFigure(string model, int resolution, IReadOnlyList<MemoryRow> rows) =>
        new($"Training {model.ToUpperInvariant()} at {resolution}x{resolution}", Series(rows)) { Work = "an update" };

    /// <summary>A line for each side; a logarithmic axis has no place for nothing.</summary>
    private static IReadOnlyList<MemorySeries> Series(IReadOnlyList<MemoryRow> rows) =>
        [.. rows.Where(row => row.Bytes > 0).GroupBy(row => row.Side).Select(side => new MemorySeries(side.Key, [.. side.Select(row => (row.Frames, row.Bytes))]))];

    /// <summary>Columns and exact values.</summary>
    public static IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records(string model, int resolution, IReadOnlyList<MemoryRow> rows) =>
        rows.Select(row => (IReadOnlyList<(string, object?)>)
            [("model", model), ("resolution", resolution), ("side", row.Side), ("frames", row.Frames), ("bytes", row.Bytes)]);
}
