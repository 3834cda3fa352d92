using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="MemoryBench"/>.</summary>
/// <param name="Model">Released network.</param>
/// <param name="Resolution">Rows and columns of a frame.</param>
/// <param name="StreamStateBytes">What the stream buffers of one stream hold, counted.</param>
/// <param name="Method">How memory was measured.</param>
/// <param name="Rows">One for each side and length of a clip.</param>
internal sealed record MemorySection(string Model, int Resolution, long StreamStateBytes, string Method, IReadOnlyList<MemoryRow> Rows) : IBenchSection
{
    private const int SettledFrames = 50;
    private const string Picture = "memory-frames";

    /// <inheritdoc/>
    public string Title => $"Memory of {Model.ToUpperInvariant()} at {Resolution}x{Resolution}: streamed frame by frame, and whole clips through the base network";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => MemoryRows.Table(Rows);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        $"Growth at the height of inference, weights not counted, the least of three runs: {Method}.",
        $"\"{MemoryBench.Module}\" collects the runtime's garbage after every frame, which it would otherwise let grow for a while.",
        $"The stream buffers hold {Units.Bytes(StreamStateBytes)}, whatever the length; the rest of a stream is what one frame needs on its way.",
        .. new[] { MemoryBench.Compiled, MemoryBench.Module }.Select(Flatness).OfType<string>(),
        .. new[] { MemoryBench.Whole, MemoryBench.Libtorch }.Select(Growth).OfType<string>(),
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => MemoryRows.Records(Model, Resolution, Rows);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"Memory: whole clip / streamed, {Model.ToUpperInvariant()}";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
    [
        .. Of(MemoryBench.Whole).Join(Of(MemoryBench.Compiled), row => row.Frames, row => row.Frames, (clip, stream) => (clip.Frames, Ratio: clip.Bytes / (double)Math.Max(1, stream.Bytes)))
            .Where(pair => pair.Ratio > 0).Select(pair => new BenchBar($"{pair.Frames} frames at once / one by one", "memory", pair.Ratio)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> SaveFigures(string folder)
    {
        if (Rows.All(row => row.Bytes <= 0)) return [];
        using var figure = MemoryPlot.Draw(MemoryRows.InferenceFigure(Model, Resolution, Rows));
        return [.. figure.Save(Path.Combine(folder, Picture)).Select(path => Path.GetFileName(path))];
    }

    private IEnumerable<MemoryRow> Of(string side) => Rows.Where(row => row.Side == side);

    private string? Flatness(string side)
    {
        var settled = Of(side).Where(row => row.Frames >= SettledFrames).ToList();
        if (settled.Count < 2 || settled[0].Bytes == 0) return null;
        double most = settled.Max(row => Math.Abs(row.Bytes / (double)settled[0].Bytes - 1));
        return FormattableString.Invariant($"{side}: from frame {settled[0].Frames} to {settled[^1].Frames} memory differs from that at frame {settled[0].Frames} by {100 * most:F1} % at most.");
    }

    private string? Growth(string side)
    {
        var rows = Of(side).ToList();
        if (rows.Count < 3) return null;
        double meanX = rows.Average(row => row.Frames), meanY = rows.Average(row => (double)row.Bytes);
        double slope = rows.Sum(row => (row.Frames - meanX) * (row.Bytes - meanY)) / rows.Sum(row => Math.Pow(row.Frames - meanX, 2));
        double unexplained = rows.Sum(row => Math.Pow(row.Bytes - meanY - slope * (row.Frames - meanX), 2)), all = rows.Sum(row => Math.Pow(row.Bytes - meanY, 2));
        return FormattableString.Invariant($"{side}: {slope / 1e6:F1} MB more a frame; a straight line explains {100 * (1 - unexplained / all):F2} %.");
    }
}
