using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="StreamBench"/>.</summary>
internal sealed record StreamSection(IReadOnlyList<StreamRow> Rows) : IBenchSection
{
    // Our own measurement of the PyTorch port of MoViNet: A0-Stream, one frame of 172x172, one thread, PyTorch 1.13 of Debian.
    private const double PortMs = 37.5;

    /// <inheritdoc/>
    public string Title => "Streams: milliseconds per frame";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => HasCompiled
        ? new(
            ["model", "size", "frames a step", "threads", "compiled ms", "ours ms", "libtorch ms", "ratio", "MACs", "limit ms", "times limit"],
            [.. Rows.Select(row => Cells(row, Numbers.Of(row.Compiled)))],
            [false, true, true, true, true, true, true, true, true, true, true])
        : new(
            ["model", "size", "frames a step", "threads", "ours ms", "libtorch ms", "ratio", "MACs", "limit ms", "times limit"],
            [.. Rows.Select(row => Cells(row))],
            [false, true, true, true, true, true, true, true, true, true]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        "Released stream networks with random weights, batch 1, inference mode; the sides take turns. Reading the logits is part of a step, making the frames is not.",
        .. HasCompiled ? ["\"compiled\": the network as one plan of kernels over memory of its own; \"ours\": the module on our kernels."] : Array.Empty<string>(),
        "The ratio is libtorch's time over our fastest. The limit is what the multiply-adds would take at the speed of a large matrix product of libtorch's on as many threads, which takes its turn with the sides ("
            + string.Join(", ", Rows.GroupBy(row => row.Threads).Select(rows =>
                $"{Numbers.Threads(rows.Key)}: {Numbers.Three(rows.Min(row => row.MatrixGmacsPerSecond))}-{Numbers.Three(rows.Max(row => row.MatrixGmacsPerSecond))} GMAC/s")) + ").",
        .. Rows.FirstOrDefault(row => row is { Model: "a0", Resolution: 172, FramesPerStep: 1, Threads: 1 }) is { } first
            ? [$"For comparison: A0-Stream, 172x172, one frame, one thread takes {PortMs} ms in the PyTorch port (same kind of machine, Debian's PyTorch 1.13, one thread; our own measurement), {Numbers.Ratio(PortMs / first.Fastest.MedianMs)} our time here."]
            : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => Rows.Select(row => (IReadOnlyList<(string, object?)>)
    [
        ("model", row.Model), ("resolution", row.Resolution), ("frames_per_step", row.FramesPerStep), ("threads", row.Threads),
        .. Numbers.Columns("compiled", row.Compiled), .. Numbers.Columns("ours", row.Ours), .. Numbers.Columns("libtorch", row.Libtorch), ("ratio", row.Ratio),
        ("macs_per_frame", row.MacsPerFrame), ("matrix_gmacs_per_second", row.MatrixGmacsPerSecond), ("limit_ms", row.LimitMs), ("times_limit", row.TimesLimit),
    ]);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => $"Streams: libtorch / ours, {Numbers.Threads(Rows[0].Threads)}";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars =>
    [
        .. Rows.Where(row => row.Threads == Rows[0].Threads)
            .Select(row => new BenchBar($"{row.Model.ToUpperInvariant()}-Stream, {PerStep(row.FramesPerStep)}", "stream", row.Ratio)),
    ];

    /// <summary>"1 frame a step", "8 frames a step".</summary>
    public static string PerStep(int frames) => frames == 1 ? "1 frame a step" : $"{frames} frames a step";

    private bool HasCompiled => Rows.Any(row => row.Compiled is not null);

    private static IReadOnlyList<string> Cells(StreamRow row, params string[] compiled) =>
    [
        row.Model, $"{row.Resolution}", $"{row.FramesPerStep}", $"{row.Threads}", .. compiled, Numbers.Of(row.Ours), Numbers.Of(row.Libtorch),
        Numbers.Ratio(row.Ratio), Units.Metric(row.MacsPerFrame), Numbers.Three(row.LimitMs), Numbers.Ratio(row.TimesLimit),
    ];
}
