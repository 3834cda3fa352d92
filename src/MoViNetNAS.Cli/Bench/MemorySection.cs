using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="MemoryBench"/>.</summary>
/// <param name="Model">Released network.</param>
/// <param name="Resolution">Rows and columns of a frame.</param>
/// <param name="StreamStateBytes">What the stream buffers of one stream hold, counted.</param>
/// <param name="Method">How memory was measured.</param>
/// <param name="Rows">One for each length of a clip.</param>
internal sealed record MemorySection(string Model, int Resolution, long StreamStateBytes, string Method, IReadOnlyList<MemoryRow> Rows) : IBenchSection
{
    /// <inheritdoc/>
    public string Title => $"Memory of {Model.ToUpperInvariant()}-Stream at {Resolution}x{Resolution}";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => new(
        ["frames", "compiled, frame by frame", "module, frame by frame", "whole clip", "whole clip, libtorch", "ratio"],
        [.. Rows.Select(row => (IReadOnlyList<string>)
            [$"{row.Frames}", Units.Bytes(row.CompiledBytes), Units.Bytes(row.StreamBytes), Units.Bytes(row.ClipBytes), Units.Bytes(row.LibtorchClipBytes), Numbers.Ratio(row.Ratio)])],
        [true, true, true, true, true, true]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        $"Growth at the height of inference, weights not counted: {Method}.",
        $"The stream buffers hold {Units.Bytes(StreamStateBytes)}, whatever the length; the rest of \"frame by frame\" is what one frame needs on its way. The ratio is whole clip over the larger of both.",
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => Rows.Select(row => (IReadOnlyList<(string, object?)>)
    [
        ("model", Model), ("resolution", Resolution), ("frames", row.Frames), ("compiled_bytes", row.CompiledBytes), ("stream_bytes", row.StreamBytes), ("clip_bytes", row.ClipBytes),
        ("libtorch_clip_bytes", row.LibtorchClipBytes), ("ratio", row.Ratio),
    ]);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"Memory: whole clip / streamed, {Model.ToUpperInvariant()}-Stream";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
        [.. Rows.Where(row => row.Ratio > 0).Select(row => new BenchBar($"{row.Frames} frames at once / one by one", "memory", row.Ratio))];
}
