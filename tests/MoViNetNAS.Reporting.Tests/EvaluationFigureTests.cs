using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>Figures of trained networks: confusion, accuracy per frame, latency.</summary>
public sealed class EvaluationFigureTests
{
    private static readonly string[] Motions = ["left", "right", "up", "down", "turn left", "turn right", "grow", "shrink"];

    private static ConfusionFigure Confusion(IReadOnlyList<string> classes, int clips, int wrongEvery) => new(
        "Quickstart", classes,
        [.. classes.Select((_, i) => (IReadOnlyList<int>)[.. classes.Select((_, j) => i == j ? clips : (i * 7 + j * 3) % wrongEvery == 0 ? 1 + clips / 9 : 0)])]);

    [Fact]
    public void A_confusion_matrix_has_names_counts_and_shares()
    {
        var figure = Confusion(Motions, 155, 5);
        string[] texts = Drawn.Texts(Drawn.Svg(ConfusionMatrix.Draw(figure)));
        foreach (string text in new[] { "Quickstart", "Predicted", "True", "Share of the class" }) Assert.Contains(text, texts);
        Assert.All(Motions, name => Assert.Equal(2, texts.Count(text => text == name)));
        Assert.Equal(8, texts.Count(text => text == "155"));
        Assert.Equal(figure.Clips.Sum(row => row.Count(clips => clips > 0)), texts.Count(text => int.TryParse(text, out int value) && value > 1));
        string[] lines = Drawn.CsvLines(ConfusionMatrix.Draw(figure));
        Assert.Equal("true,predicted,clips,share", lines[0]);
        Assert.Equal(65, lines.Length);
        string[] first = lines[1].Split(',');
        Assert.Equal((155.0 / figure.Clips[0].Sum(), "155"), (double.Parse(first[3]), first[2]));
        Drawn.Keep(ConfusionMatrix.Draw(figure), "confusion-8");
        Drawn.Keep(ConfusionMatrix.Draw(Confusion([.. Enumerable.Range(1, 20).Select(i => $"class number {i}")], 40, 11)), "confusion-20");
    }

    [Fact]
    public void Many_classes_are_named_every_so_often_and_an_unseen_class_has_no_share()
    {
        var many = Confusion([.. Enumerable.Range(1, 101).Select(i => $"c{i}")], 30, 11);
        string[] texts = Drawn.Texts(Drawn.Svg(ConfusionMatrix.Draw(many)));
        Assert.InRange(texts.Count(text => text.StartsWith('c')), 20, 80);
        Assert.DoesNotContain("30", texts);
        Drawn.Keep(ConfusionMatrix.Draw(many), "confusion-101");
        var unseen = new ConfusionFigure("", ["a", "b"], [[3, 1], [0, 0]]);
        Assert.Equal(["b,a,0,", "b,b,0,"], Drawn.CsvLines(ConfusionMatrix.Draw(unseen))[3..]);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Draw(unseen with { Classes = ["a"] }));
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => ConfusionMatrix.Draw(new ConfusionFigure("", ["a"], [[0]]))).Message);
    }

    [Fact]
    public void Accuracy_per_frame_has_a_point_each_frame_and_its_interval()
    {
        var figure = new FrameAccuracyFigure("Frame by frame",
        [
            new FrameAccuracySeries("stream", 200, [25, 60, 120, 150, 170, 180, 182, 184]),
            new FrameAccuracySeries("stream, shuffled", 200, [24, 40, 55, 70, 78, 84, 90, 96]),
        ]) { Chance = 1.0 / 8 };
        string svg = Drawn.Svg(AccuracyPerFrame.Draw(figure));
        string[] texts = Drawn.Texts(svg);
        foreach (string text in new[] { "Frame by frame", "Frames seen", "Top-1 (%), 95 % interval", "stream (200 clips)", "stream, shuffled (200 clips)", "guessing", "8" }) Assert.Contains(text, texts);
        Assert.Equal(9, Drawn.Elements(svg, "circle", "ellipse").Count()); // and one in the legend
        string[] lines = Drawn.CsvLines(AccuracyPerFrame.Draw(figure));
        Assert.Equal("network,frame,clips,right,top1,low95,high95", lines[0]);
        Assert.Equal(17, lines.Length);
        var (low, high) = WilsonInterval.Of(60, 200);
        Assert.Equal([0.3, low, high], lines[2].Split(',')[4..].Select(double.Parse));
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => AccuracyPerFrame.Draw(new FrameAccuracyFigure("", []))).Message);
        Drawn.Keep(AccuracyPerFrame.Draw(figure), "frames");
    }

    [Fact]
    public void Latencies_are_bars_from_zero_or_points_where_they_differ_much()
    {
        var near = new LatencyFigure("One frame, one thread",
        [
            new LatencyBar("A0, 172²", "ours", 1.89, 1.87, 1.92), new LatencyBar("A0, 172²", "libtorch", 13.7, 13.4, 14.0),
            new LatencyBar("A1, 172²", "ours", 3.4, 3.38, 3.5), new LatencyBar("A1, 172²", "libtorch", 21.8, 21.1, 23.9),
        ]);
        string svg = Drawn.Svg(LatencyBars.Draw(near));
        string[] texts = Drawn.Texts(svg);
        foreach (string text in new[] { "One frame, one thread", "Milliseconds per frame (median and quartiles)", "ours", "libtorch", "1.89", "13.7", "0" }) Assert.Contains(text, texts);
        Assert.Single(texts, "A0, 172²");
        Assert.Empty(Drawn.Elements(svg, "circle", "ellipse"));
        var far = near with { Bars = [.. near.Bars, new LatencyBar("A5, 320²", "ours", 40, 39, 41), new LatencyBar("A5, 320²", "libtorch", 220, 210, 230)] };
        Assert.Equal(6 + 2, Drawn.Elements(Drawn.Svg(LatencyBars.Draw(far)), "circle", "ellipse").Count());
        Assert.Equal("A5, 320²,libtorch,220,210,230", Drawn.CsvLines(LatencyBars.Draw(far))[^1].Replace("\"", "", StringComparison.Ordinal));
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => LatencyBars.Draw(new LatencyFigure("", []))).Message);
        Assert.Contains("'n' (s)", Assert.Throws<InputException>(() => LatencyBars.Draw(new LatencyFigure("", [new LatencyBar("n", "s", 1, 0, 2)]))).Message);
        Drawn.Keep(LatencyBars.Draw(near), "latency");
        Drawn.Keep(LatencyBars.Draw(far), "latency-far");
    }
}
