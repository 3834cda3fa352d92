using System.Text.Json.Serialization;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="KernelBench"/>.</summary>
internal sealed record KernelSection(IReadOnlyList<KernelRow> Rows) : IBenchSection
{
    private const string WrongMark = " !";

    /// <inheritdoc/>
    public string Title => "Kernels: ours against libtorch's operators";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => new(
        ["operation", "shape", "pass", "threads", "ours ms", "libtorch ms", "channels-last ms", "ratio", "to right", "GMAC/s"],
        [.. Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Operation, row.Shape, row.Pass, $"{row.Threads}", Numbers.Of(row.Ours) + Mark(row.OurError),
            Numbers.Of(row.Libtorch) + Mark(row.LibtorchError), Numbers.Of(row.LibtorchChannelsLast) + Mark(row.LibtorchChannelsLastError),
            Numbers.Ratio(row.Ratio), Numbers.Ratio(row.RatioToRight), Numbers.Three(row.GmacsPerSecond),
        ])],
        [false, false, false, true, true, true, true, true, true, true]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        "Median milliseconds with the middle half of the runs, float32, batch 1; the sides take turns, and tensors lie on memory that was touched before.",
        "Our side reads and writes channels-last tensors. libtorch is called directly, once with inputs in its default layout and once with channels-last strides; padding is the operator's own where both sides of a clip are padded alike.",
        "\"ratio\" is the faster libtorch time over ours, above 1 we are faster; \"to right\" is against the faster one whose result is right. GMAC/s is ours, a pass with gradients counted as three.",
        .. Rows.Any(row => new[] { row.OurError, row.LibtorchError, row.LibtorchChannelsLastError }.Any(KernelRow.IsWrong))
            ? [$"{WrongMark.Trim()} marks the time of a result that differs from float64 by more than {KernelRow.WrongFrom:0.###} of the largest value: it is wrong, however fast (docs/decisions/0003)."]
            : new[] { $"All results, also libtorch's, are within {KernelRow.WrongFrom:0.###} of float64 on this machine." },
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => Rows.Select(row => (IReadOnlyList<(string, object?)>)
    [
        ("operation", row.Operation), ("shape", row.Shape), ("pass", row.Pass), ("threads", row.Threads),
        .. Numbers.Columns("ours", row.Ours), .. Numbers.Columns("libtorch", row.Libtorch), .. Numbers.Columns("libtorch_channels_last", row.LibtorchChannelsLast),
        ("ratio", row.Ratio), ("ratio_to_right", row.RatioToRight), ("ours_gmacs_per_second", row.GmacsPerSecond), ("ours_error", row.OurError), ("libtorch_error", row.LibtorchError),
        ("libtorch_channels_last_error", row.LibtorchChannelsLastError),
    ]);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"Kernels: libtorch / ours, {Numbers.Threads(Rows[0].Threads)}";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
        [.. Rows.Where(row => row.Threads == Rows[0].Threads).Select(row => new BenchBar(Label(row), row.Pass, row.Ratio))];

    private static string Mark(double? error) => KernelRow.IsWrong(error) ? WrongMark : "";

    private static string Label(KernelRow row) => row.Operation == "depthwise" ? row.Shape : $"{row.Operation}, {row.Shape}";
}
