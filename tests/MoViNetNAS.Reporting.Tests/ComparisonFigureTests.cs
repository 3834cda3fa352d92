using System.Buffers.Binary;
using System.Xml.Linq;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>Figures that compare methods over seeds. With MOVINET_FIGURES set to a folder they are left there to be looked at.</summary>
public sealed class ComparisonFigureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-comparison-tests-");

    private static AnytimeFigure Anytime { get; } = new("Search on moving shapes", "Evaluated architectures", "Best top-1", [Band("tunas", 1, 0.9), Band("random", 2, 0.8)]) { IsPercent = true };

    private static AttainmentFigure Attainment { get; } = new("Fronts of five seeds", CostObjective.Macs, [Surface("tunas", 3, 0.05), Surface("random", 4, 0)]);

    private static RankFigure Rank { get; } = new("Does the supernet rank?", CostObjective.Macs, [.. Ranked(30)]);

    [Fact]
    public void An_anytime_plot_names_axes_methods_and_what_the_band_is()
    {
        string[] texts = Texts(Drawn.Svg(AnytimePlot.Draw(Anytime)));
        foreach (string text in new[] { "Search on moving shapes", "Evaluated architectures", "Best top-1 (%)", "tunas", "random", "mean of 5 seeds, band from lowest to highest", "100" })
            Assert.Contains(text, texts);
        var alone = Anytime with { Series = [new("one", AnytimeBand.Of([AnytimeCurve.Best([(10, 0.2), (1000, 0.4)])], [10, 1000]))], IsLogarithmic = true, IsPercent = false };
        texts = Texts(Drawn.Svg(AnytimePlot.Draw(alone)));
        Assert.Contains("one", texts);
        Assert.Contains("one seed each", texts);
        Assert.Contains("Best top-1", texts);
        Assert.Contains("1k", texts);
        Assert.Contains("logarithmic", Assert.Throws<InputException>(() => Drawn.Svg(AnytimePlot.Draw(Anytime with { IsLogarithmic = true, Series = [new("zero", AnytimeBand.Of([AnytimeCurve.Best([(0, 0.1)])], [0]))] }))).Message);
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => Drawn.Svg(AnytimePlot.Draw(Anytime with { Series = [new("none", [])] }))).Message);
    }

    [Fact]
    public void Many_methods_have_intervals_at_the_end_instead_of_bands()
    {
        string[] names = ["a", "b", "c", "d"];
        var many = Anytime with { Series = [.. names.Select((name, i) => Band(name, (ulong)i + 1, 0.9 - 0.05 * i))] };
        string svg = Drawn.Svg(AnytimePlot.Draw(many));
        Assert.Contains("mean of 5 seeds, 95 % interval at the end", Texts(svg));
        Assert.Equal(4, Circles(svg));
        Assert.Equal(0, Circles(Drawn.Svg(AnytimePlot.Draw(Anytime))));
        Drawn.Keep(AnytimePlot.Draw(many), "anytime-many");
        var fronts = Attainment with { Series = [.. names.Select((name, i) => Surface(name, (ulong)i + 1, 0.02 * i))] };
        Assert.Contains("median of 5 runs", Texts(Drawn.Svg(AttainmentPlot.Draw(fronts))));
    }

    [Fact]
    public void Its_csv_has_the_numbers_of_the_band()
    {
        string[] lines = Drawn.Csv(AnytimePlot.Draw(Anytime)).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        Assert.Equal("method,compute,seeds,mean,halfWidth95,lowest,highest", lines[0]);
        Assert.Equal(1 + Anytime.Series.Sum(series => series.Band.Count), lines.Length);
        var point = Anytime.Series[1].Band[0];
        string[] cells = lines[1 + Anytime.Series[0].Band.Count].Split(',');
        Assert.Equal("random", cells[0]);
        Assert.Equal(
            [point.Compute, 5, point.Values.Mean, point.Values.HalfWidth, point.Lowest, point.Highest], cells[1..].Select(double.Parse));
        var alone = Anytime with { Series = [new("a, \"b\"", AnytimeBand.Of([AnytimeCurve.Best([(1, 0.25)])], [1]))] };
        Assert.Equal("\"a, \"\"b\"\"\",1,1,0.25,,0.25,0.25", Drawn.Csv(AnytimePlot.Draw(alone)).TrimEnd().Split('\n')[1].TrimEnd('\r'));
    }

    [Fact]
    public void An_attainment_series_has_the_surfaces_of_quality()
    {
        var series = AttainmentSeries.Of("hand", [[(1, 0.3), (3, 0.6)], [(2, 0.4)], [(2, 0.2), (4, 0.5)]]);
        Assert.Equal([1, 2, 3], series.Best.Starts);
        Assert.Equal([0.3, 0.4, 0.6], series.Best.Values);
        Assert.Equal([2, 3, 4], series.Median.Starts);
        Assert.Equal([0.3, 0.4, 0.5], series.Median.Values);
        Assert.Equal([2, 4], series.Worst.Starts);
        Assert.Equal([0.2, 0.4], series.Worst.Values);
        Assert.Throws<ArgumentException>(() => AttainmentSeries.Of("none", []));
    }

    [Fact]
    public void An_attainment_plot_names_axes_and_methods_and_its_csv_has_every_step()
    {
        string[] texts = Texts(Drawn.Svg(AttainmentPlot.Draw(Attainment)));
        foreach (string text in new[] { "Fronts of five seeds", "Multiply-adds per clip", "Top-1 (%)", "tunas", "random", "median of 5 runs, band from best to worst" })
            Assert.Contains(text, texts);
        string[] lines = [.. Drawn.Csv(AttainmentPlot.Draw(Attainment)).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r'))];
        Assert.Equal("method,runs,surface,macs,top1", lines[0]);
        Assert.Equal(1 + Attainment.Series.Sum(series => series.Best.Starts.Length + series.Median.Starts.Length + series.Worst.Starts.Length), lines.Length);
        string[] first = lines[1].Split(',');
        Assert.Equal(["tunas", "5", "best"], first[..3]);
        Assert.Equal((Attainment.Series[0].Best.Starts[0], Attainment.Series[0].Best.Values[0]), (double.Parse(first[3]), double.Parse(first[4])));
        Assert.Contains("one run each", Texts(Drawn.Svg(AttainmentPlot.Draw(Attainment with { Series = [AttainmentSeries.Of("one", [[(5e6, 0.5)]])] }))));
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => Drawn.Svg(AttainmentPlot.Draw(Attainment with { Series = [] }))).Message);
        Assert.Contains("logarithmic", Assert.Throws<InputException>(() => Drawn.Svg(AttainmentPlot.Draw(Attainment with { Series = [AttainmentSeries.Of("free", [[(0, 0.5)]])] }))).Message);
    }

    [Fact]
    public void A_rank_plot_has_a_point_each_tau_and_its_noise()
    {
        string svg = Drawn.Svg(RankPlot.Draw(Rank));
        string[] texts = Texts(svg);
        double tau = RankCorrelation.KendallTauB([.. Rank.Points.Select(point => point.Score)], [.. Rank.Points.Select(point => point.Truth)])!.Value;
        foreach (string text in new[] { "Does the supernet rank?", "Top-1 with shared weights (%)", "Top-1 trained alone (%)", $"Kendall τ {tau:0.00}, n = 30, σ without association 0.13" })
            Assert.Contains(text, texts);
        Assert.Contains(texts, text => text.EndsWith(" multiply-adds per clip", StringComparison.Ordinal));
        Assert.Equal(5, Circles(Drawn.Svg(RankPlot.Draw(Rank with { Points = [.. Ranked(35)] }))) - Circles(svg));
        Assert.Contains("no order to compare, n = 1", Texts(Drawn.Svg(RankPlot.Draw(Rank with { Points = [.. Ranked(1)] }))));
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => Drawn.Svg(RankPlot.Draw(Rank with { Points = [] }))).Message);
        Assert.Contains("no colour", Assert.Throws<InputException>(() => Drawn.Svg(RankPlot.Draw(Rank with { Points = [new("free", 0.1, 0.2, 0)] }))).Message);
        Assert.Equal(31, Drawn.Csv(RankPlot.Draw(Rank)).TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Saving_writes_picture_twice_and_numbers_in_the_size_asked_for()
    {
        string folder = Environment.GetEnvironmentVariable("MOVINET_FIGURES") ?? _folder.FullName;
        Drawn.Save(AnytimePlot.Draw(Anytime), Path.Combine(folder, "anytime"));
        Drawn.Save(AttainmentPlot.Draw(Attainment), Path.Combine(folder, "attainment"));
        Drawn.Save(RankPlot.Draw(Rank), Path.Combine(folder, "rank"));
        foreach (string name in new[] { "anytime", "attainment", "rank" })
        {
            Assert.True(File.Exists(Path.Combine(folder, name + ".svg")) && File.Exists(Path.Combine(folder, name + ".csv")));
            byte[] png = File.ReadAllBytes(Path.Combine(folder, name + ".png"));
            Assert.Equal(FigureSize.Column.PixelWidth, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
            Assert.Equal(FigureSize.Column.PixelHeight, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static AnytimeSeries Band(string name, ulong seed, double ceiling)
    {
        StepFunction[] curves = [.. Enumerable.Range(0, 5).Select(i =>
        {
            var random = new RandomStream(seed).Derive("seed", i);
            return AnytimeCurve.Best([.. Enumerable.Range(1, 200).Select(n => ((double)n, ceiling * (1 - Math.Exp(-n / 40.0)) * random.Uniform(0.6, 1)))]);
        })];
        return new AnytimeSeries(name, AnytimeBand.Of(curves, AnytimeBand.CommonGrid(curves)));
    }

    internal static AttainmentSeries Surface(string name, ulong seed, double lift) => AttainmentSeries.Of(name, [.. Enumerable.Range(0, 5).Select(i =>
    {
        var random = new RandomStream(seed).Derive("run", i);
        return (IReadOnlyList<(double, double)>)[.. Enumerable.Range(0, 12).Select(_ =>
        {
            double cost = Math.Pow(10, random.Uniform(6, 7.5));
            return (cost, lift + 0.3 + 0.25 * (Math.Log10(cost) - 6) + random.Uniform(-0.08, 0.08));
        })];
    })]);

    internal static IEnumerable<RankPoint> Ranked(int count)
    {
        var random = new RandomStream(5);
        for (int i = 0; i < count; i++)
        {
            double cost = Math.Pow(10, random.Uniform(6, 7.5)), quality = 0.5 + 0.1 * (Math.Log10(cost) - 6) + random.Uniform(-0.05, 0.05);
            yield return new RankPoint($"architecture {i}", 0.6 * quality + random.Uniform(-0.05, 0.05), quality, cost);
        }
    }

    private static string[] Texts(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    private static int Circles(string svg) => XDocument.Parse(svg).Descendants().Count(element => element.Name.LocalName is "circle" or "ellipse");
}
