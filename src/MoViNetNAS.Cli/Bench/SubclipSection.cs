using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="SubclipBench"/>.</summary>
/// <param name="Model">Released network, causal.</param>
/// <param name="Resolution">Rows and columns of a frame.</param>
/// <param name="Method">How memory was measured.</param>
/// <param name="Rows">One for each length of clip and sub-clip.</param>
internal sealed record SubclipSection(string Model, int Resolution, string Method, IReadOnlyList<MemoryRow> Rows) : IBenchSection
{
    private const string Picture = "memory-subclips", Whole = "whole clip";

    /// <inheritdoc/>
    public string Title => $"Memory of a training update of causal {Model.ToUpperInvariant()} at {Resolution}x{Resolution}, one clip: whole, and in sub-clips through stream buffers";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => MemoryRows.Table(Rows);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        $"Growth over an update, forward and backward; weights, moments and the clip's bytes are there before and not counted. The least of some runs: {Method}.",
        .. Rows.GroupBy(row => row.Side).Where(side => side.Key != Whole && side.Count() > 1 && side.First().Bytes > 0).Select(Flatness),
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => MemoryRows.Records(Model, Resolution, Rows);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"Memory of an update: whole clip / in sub-clips, {Model.ToUpperInvariant()}";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
    [
        .. from whole in Rows.Where(row => row.Side == Whole)
           from part in Rows.Where(row => row.Side != Whole && row.Frames == whole.Frames && row.Bytes > 0 && whole.Bytes > 0)
           where whole.Frames == Rows.Max(row => row.Frames)
           select new BenchBar($"{whole.Frames} frames, {part.Side}", "memory", whole.Bytes / (double)part.Bytes),
    ];

    /// <summary>What a way of training is called: its sub-clip's frames, 0 for whole clips.</summary>
    public static string Side(int subclipFrames) => subclipFrames == 0 ? Whole : $"sub-clips of {subclipFrames}";

    /// <inheritdoc/>
    public IReadOnlyList<string> SaveFigures(string folder)
    {
        if (Rows.All(row => row.Bytes <= 0)) return [];
        using var figure = MemoryPlot.Draw(MemoryRows.TrainingFigure(Model, Resolution, Rows));
        return [.. figure.Save(Path.Combine(folder, Picture)).Select(path => Path.GetFileName(path))];
    }

    private static string Flatness(IGrouping<string, MemoryRow> side)
    {
        var rows = side.ToList();
        double most = rows.Max(row => Math.Abs(row.Bytes / (double)rows[0].Bytes - 1));
        return FormattableString.Invariant($"{side.Key}: from {rows[0].Frames} to {rows[^1].Frames} frames memory differs from that at {rows[0].Frames} by {100 * most:F1} % at most.");
    }
}
