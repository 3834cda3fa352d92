using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="StepBench"/>.</summary>
internal sealed record StepSection(IReadOnlyList<StepRow> Rows) : IBenchSection
{
    /// <inheritdoc/>
    public string Title => "Steps of supernet training: our kernels against libtorch's operators";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => new(
        ["space", "step", "batch", "frames", "size", "forward MACs", "threads", "ours ms", "libtorch ms", "ratio"],
        [.. Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Space, row.Step, $"{row.Batch}", $"{row.Frames}", $"{row.Resolution}", Units.Metric(row.Macs), $"{row.Threads}", Numbers.Of(row.Ours),
            Numbers.Of(row.Libtorch), Numbers.Ratio(row.Ratio),
        ])],
        [false, false, true, true, true, true, true, true, true, true]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        "Both sides train the same architectures, drawn uniformly from the space, from the same first weights on the same clips; the sides take turns.",
        "\"train and score K\": a step of a search, K architectures trained on a batch each (forward, gradients, one update) and scored on one batch. \"train one\": forward, gradients and update of one architecture.",
        "libtorch's side is the same network as it would be written with the framework alone: conv3d, batch_norm and activation one after the other. Both sides walk the architectures of a step on the threads side by side.",
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => Rows.Select(row => (IReadOnlyList<(string, object?)>)
    [
        ("space", row.Space), ("step", row.Step), ("architectures", row.Architectures), ("batch", row.Batch), ("frames", row.Frames),
        ("resolution", row.Resolution), ("forward_macs", row.Macs), ("threads", row.Threads), .. Numbers.Columns("ours", row.Ours),
        .. Numbers.Columns("libtorch", row.Libtorch), ("ratio", row.Ratio),
    ]);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"Training steps: libtorch / ours, {Numbers.Threads(Rows[0].Threads)}";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
    [
        .. Rows.Where(row => row.Threads == Rows[0].Threads)
            .Select(row => new BenchBar($"{row.Space} {row.Resolution}x{row.Resolution}, {row.Step}", "training step", row.Ratio)),
    ];
}
