using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class FigureTests
{
    [Fact]
    public void A_pareto_plot_has_its_labels_and_legend_as_text()
    {
        string[] texts = Texts(Drawn.Svg(ParetoPlot.Draw(Samples.Figure)));
        Assert.Contains("Quickstart <&>", texts);
        Assert.Contains("Multiply-adds per clip", texts);
        Assert.Contains("Top-1 with shared weights (%)", texts);
        Assert.Contains("1M", texts);
        Assert.Contains("2M", texts);
        foreach (string legend in new[] { "trials", "random baseline", "front", "front (rescored)", "most probable feasible", "published", "target 2.7 M ± 10%" })
            Assert.Contains(legend, texts);
        Assert.Contains("A0", texts);
        Assert.DoesNotContain("A5", texts); // far outside the range of the trials
        Assert.True(texts.Length > 20);
    }

    [Fact]
    public void A_memory_figure_names_its_axes_and_lines_and_marks_every_point()
    {
        MemorySeries[] series =
        [
            new("streamed", [(1, 5_500_000), (50, 5_600_000), (5000, 5_500_000)]),
            new("at once", [(1, 8_000_000), (50, 380_000_000)]),
        ];
        string svg = Drawn.Svg(MemoryPlot.Draw(new MemoryFigure("Memory of A0", series)));
        string[] texts = Texts(svg);
        foreach (string text in new[] { "Memory of A0", "Frames of the clip", "Memory at the height of inference (MB)", "streamed", "at once", "10", "100", "1000" })
            Assert.Contains(text, texts);
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => Drawn.Svg(MemoryPlot.Draw(new MemoryFigure("", [])))).Message);
    }

    [Fact]
    public void Every_trial_but_those_of_warm_up_is_a_point()
    {
        int before = Circles(Samples.Figure);
        var series = Samples.Figure.Series[0];
        var more = Enumerable.Range(0, 10).Select(i => Samples.Trial(TrialPhase.Search, i, 1_600_000 + 40_000 * i, 0.35));
        var warmUp = Enumerable.Range(0, 5).Select(i => Samples.Trial(TrialPhase.WarmUp, i, 1_600_000, 0.35));
        var figure = Samples.Figure with { Series = [series with { Dominated = [.. series.Dominated, .. more, .. warmUp] }] };
        Assert.True(before >= 41, $"{before} circles");
        Assert.Equal(10, Circles(figure) - before);
    }

    [Fact]
    public void Several_runs_are_named_once_each()
    {
        var series = Samples.Figure.Series[0];
        string[] texts = Texts(Drawn.Svg(ParetoPlot.Draw(Samples.Figure with { Series = [series with { Name = "tunas" }, series with { Name = "random" }] })));
        Assert.Single(texts, "tunas");
        Assert.Single(texts, "random");
        Assert.Single(texts, "trials");
    }

    [Fact]
    public void A_png_has_the_size_that_was_asked_for()
    {
        AssertPng(Drawn.Png(ParetoPlot.Draw(Samples.Figure, new FigureSize(400, 300, 1.5))), 600, 450);
        AssertPng(Drawn.Png(SearchCurves.Draw(new CurvesFigure("", Samples.Steps(20)), new FigureSize(400, 500, 1))), 400, 500);
    }

    [Fact]
    public void One_trial_and_one_step_are_enough()
    {
        var one = Samples.Trial(TrialPhase.Search, 0, 1_234_567, 0.5);
        Assert.Contains("1.2M", Texts(Drawn.Svg(ParetoPlot.Draw(new ParetoFigure("", CostObjective.Macs, [new ParetoSeries("one", [one], [])])))));
        Assert.Contains("Search step", Texts(Drawn.Svg(SearchCurves.Draw(new CurvesFigure("", Samples.Steps(1))))));
    }

    [Fact]
    public void Curves_have_their_labels()
    {
        string[] texts = Texts(Drawn.Svg(SearchCurves.Draw(new CurvesFigure("quickstart", Samples.Steps(100)))));
        foreach (string text in new[] { "quickstart", "Top-1, reward (%)", "Cost / target", "Entropy (nats)", "Search step", "top-1", "reward" })
            Assert.Contains(text, texts);
    }

    [Fact]
    public void Nothing_to_draw_is_said()
    {
        Assert.Throws<InputException>(() => Drawn.Svg(ParetoPlot.Draw(new ParetoFigure("", CostObjective.Macs, []))));
        var warmUp = new ParetoSeries("warm", [], [Samples.Trial(TrialPhase.WarmUp, 0, 1, 0.5)]);
        Assert.Contains("'warm'", Assert.Throws<InputException>(() => Drawn.Svg(ParetoPlot.Draw(new ParetoFigure("", CostObjective.Macs, [warmUp])))).Message);
        Assert.Throws<InputException>(() => Drawn.Svg(SearchCurves.Draw(new CurvesFigure("", []))));
        var free = Samples.Figure with { Objective = CostObjective.StreamStateBytes, Target = null };
        Assert.Contains("choose another objective", Assert.Throws<InputException>(() => Drawn.Svg(ParetoPlot.Draw(free))).Message);
    }

    [Fact]
    public void The_font_is_the_one_in_the_assembly()
    {
        FigureFont.Register();
        Assert.Same(ScottPlot.Fonts.FontResolvers[0].GetType(), typeof(FigureFont));
        Assert.Equal(FigureFont.Name, new FigureFont().CreateTypeface(FigureFont.Name, false, false)!.FamilyName);
        Assert.True(new FigureFont().CreateTypeface(FigureFont.Name, true, false)!.IsBold);
        Assert.All(Regex.Matches(Drawn.Svg(ParetoPlot.Draw(Samples.Figure)), "font-family=\"([^\"]*)\""), match => Assert.StartsWith(FigureFont.Name, match.Groups[1].Value));
    }

    [Fact]
    public void Saving_writes_pictures_and_data()
    {
        var folder = Directory.CreateTempSubdirectory("movinet-reporting-tests-");
        Drawn.Save(ParetoPlot.Draw(Samples.Figure), Path.Combine(folder.FullName, "run", "pareto"));
        Assert.Equal(["pareto.csv", "pareto.pdf", "pareto.png", "pareto.svg"], Directory.GetFiles(Path.Combine(folder.FullName, "run")).Select(Path.GetFileName).Order());
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Bars_have_their_labels_ratios_and_series()
    {
        BenchGroup[] groups =
        [
            new("Kernels", [new("3x3x3", "forward", 4.1), new("3x3x3", "forward + gradients", 10.4), new("1x5x5", "forward", 0.5)]),
            new("Streams", [new("A0-Stream", "stream", 1)]),
        ];
        string[] texts = Texts(Drawn.Svg(BenchPlot.Draw(new BenchFigure("", groups))));
        foreach (string text in new[] { "Kernels", "Streams", "A0-Stream", "1x5x5", "4.1", "10", "0.5", "forward", "forward + gradients" }) Assert.Contains(text, texts);
        Assert.Single(texts, "3x3x3");
        Assert.Throws<InputException>(() => Drawn.Svg(BenchPlot.Draw(new BenchFigure("", []))));
        Assert.Throws<InputException>(() => Drawn.Svg(BenchPlot.Draw(new BenchFigure("", [new BenchGroup("Kernels", [new BenchBar("none", "forward", 0)])]))));
    }

    private static string[] Texts(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    private static int Circles(ParetoFigure figure) =>
        XDocument.Parse(Drawn.Svg(ParetoPlot.Draw(figure))).Descendants().Count(element => element.Name.LocalName is "circle" or "ellipse");

    private static void AssertPng(byte[] png, int width, int height)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }
}
