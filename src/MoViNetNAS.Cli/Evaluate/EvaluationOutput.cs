using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Evaluate;

/// <summary>The result of an evaluation, for people and as JSON.</summary>
internal sealed record EvaluationOutput
{
    private const ulong BootstrapSeed = 1; // the interval is a property of the predictions, not of a run

    /// <param name="model">Name of the network, or of several together.</param>
    /// <param name="split">Which clips.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="cost">Of one clip.</param>
    /// <param name="views">Clips of a video.</param>
    public EvaluationOutput(string model, string split, EvaluationResult result, Cost cost, int views)
    {
        (Model, Split, Clips, Views) = (model, split, result.Clips, views);
        (Measure, MeasureName) = (result.Measure(), result.MeasureName);
        var bootstrap = result.Bootstrap(new RandomStream(BootstrapSeed));
        (Sources, Interval) = (bootstrap.Sources, bootstrap.Of(result.Measure));
        if (!result.IsMultiLabel) (Top1, Top5, Right) = (result.Top1, result.Top(5), result.Right);
        Heads = [.. result.Heads.Select(head => new HeadOutput(head, result.Classes))];
        Top1AfterFrame = result.Top1AfterFrame.Count > 0 && !result.IsMultiLabel ? result.Top1AfterFrame : null;
        MacsPerVideo = checked(cost.Macs * views);
        MacsPerFrame = cost.MacsPerFrame;
    }

    public string Model { get; }

    public string Split { get; }

    /// <summary>Hash of the weights that were measured; null of several networks together.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>Hash of the data that they were measured on; null as <see cref="WeightsHash"/>.</summary>
    public string? SplitHash { get; init; }

    public int Clips { get; }

    public int Views { get; }

    public long MacsPerVideo { get; }

    public long MacsPerFrame { get; }

    public string MeasureName { get; }

    public double Measure { get; }

    /// <summary>95 %, videos of one source drawn together.</summary>
    public Interval? Interval { get; }

    public int Sources { get; }

    public double? Top1 { get; }

    public double? Top5 { get; }

    public int? Right { get; }

    public IReadOnlyList<HeadOutput> Heads { get; }

    public IReadOnlyList<double>? Top1AfterFrame { get; }

    // What the JSON of one head was called before there were several.
    public double? MeanClassAccuracy => Heads.Count == 1 ? Heads[0].MeanClassAccuracy : null;

    public IReadOnlyList<string>? Classes => Heads.Count == 1 ? Heads[0].Classes : null;

    public IReadOnlyList<IReadOnlyList<int>>? Confusion => Heads.Count == 1 ? Heads[0].Confusion : null;

    public void Write(Terminal terminal, string dataset)
    {
        string right = Right is { } count ? $", {count} of {Clips} clips" : $", {Clips} clips";
        string interval = Interval is { } known
            ? FormattableString.Invariant($" (95 %: {100 * known.Low:F1} to {100 * known.High:F1} %, {Sources} sources drawn again)")
            : "";
        string mean = MeanClassAccuracy is { } classes ? FormattableString.Invariant($"; mean of the classes {100 * classes:F1} %") : "";
        string top5 = Top5 is { } five ? FormattableString.Invariant($"; top-5 {100 * five:F1} %") : "";
        terminal.Line(FormattableString.Invariant($"{Model} on {dataset} ({Split}): {MeasureName} {100 * Measure:F1} %{right}{mean}{top5}{interval}"));
        if (Views > 1) terminal.Line($"{Views} views of each video: {Units.Metric(MacsPerVideo)} multiply-adds a video");
        if (Heads.Count > 1)
            terminal.Table(["head", "top-1>", "top-5>", "mean of classes>"], Heads.Select(head => new[] { head.Name, Percent(head.Top1), Percent(head.Top5), Percent(head.MeanClassAccuracy) }));
        if (Top1AfterFrame is { } curve)
            terminal.Table(["after frame>", "top-1>"], curve.Select((top1, t) => new[] { $"{t + 1}", Percent(top1) }));
        foreach (var head in Heads) head.WriteClasses(terminal);
    }

    private static string Percent(double? share) => share is { } value ? FormattableString.Invariant($"{100 * value:F1} %") : "";
}
