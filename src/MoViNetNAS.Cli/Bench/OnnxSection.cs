using System.Globalization;
using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="OnnxBench"/>.</summary>
internal sealed record OnnxSection(IReadOnlyList<OnnxRow> Rows) : IBenchSection
{
    /// <inheritdoc/>
    public string Title => "ONNX: milliseconds of a step or clip, ours and OnnxRuntime";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => new(
        ["model", "takes", "size", "frames", "threads", "ours ms", "OnnxRuntime ms", "ratio", "file size", "difference"],
        [.. Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Model, row.Kind, $"{row.Resolution}", $"{row.Frames}", $"{row.Threads}", Numbers.Of(row.Ours), Numbers.Of(row.OnnxRuntime),
            Numbers.Ratio(row.Ratio), Units.Bytes(row.FileBytes), row.LargestDifference.ToString("0.0e+0", CultureInfo.InvariantCulture),
        ])],
        [false, false, true, true, true, true, true, true, true, true]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        "Released networks with random weights, batch 1; the sides take turns. A stream's time is of one step with its states, a clip's of the whole clip; making the frames is not in it.",
        "\"ours\": streams on the compiled network, clips on the module with our kernels, float32. \"OnnxRuntime\": the exported file on its CPU provider with all of its optimizations and as many threads.",
        "The ratio is OnnxRuntime's time over ours. The difference is the largest of two logits over random frames (streams: 32 frames one by one), as a share of the largest logit.",
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => Rows.Select(row => (IReadOnlyList<(string, object?)>)
    [
        ("model", row.Model), ("kind", row.Kind), ("resolution", row.Resolution), ("frames", row.Frames), ("threads", row.Threads),
        .. Numbers.Columns("ours", row.Ours), .. Numbers.Columns("onnxruntime", row.OnnxRuntime), ("ratio", row.Ratio), ("file_bytes", row.FileBytes),
        ("largest_difference", row.LargestDifference),
    ]);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"OnnxRuntime / ours, {Numbers.Threads(Rows[0].Threads)}";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
    [
        .. Rows.Where(row => row.Threads == Rows[0].Threads)
            .Select(row => new BenchBar(row.Kind == "stream" ? $"{row.Model.ToUpperInvariant()}-Stream, a frame" : $"{row.Model.ToUpperInvariant()}-Base, {row.Frames} frames", "onnx", row.Ratio)),
    ];
}
