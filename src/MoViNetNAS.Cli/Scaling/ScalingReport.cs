using System.Globalization;
using System.Text;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Scaling;

/// <summary>What a scaled family of spaces costs, counted and sampled: a table, CSV, and a picture.</summary>
internal sealed class ScalingReport
{
    private readonly ScaledFamily _family;
    private readonly CostDistribution[] _sampled;

    /// <param name="family">The spaces.</param>
    /// <param name="settings">How networks are built and how many classes they have.</param>
    /// <param name="samples">Architectures drawn of each space.</param>
    /// <param name="random">Draws them.</param>
    public ScalingReport(ScaledFamily family, ScalingSettings settings, int samples, RandomStream random)
    {
        (_family, Samples) = (family, samples);
        _sampled = [.. family.Spaces.Select(scaled =>
        {
            var draws = random.Derive("sample", scaled.Step);
            return CostDistribution.Of(scaled.Space.Name, Enumerable.Range(0, samples).Select(_ => PerFrame(scaled.Space.Resolve(scaled.Space.Sample(draws)), settings)));
        })];
        Released = [.. family.Spaces.Select(scaled => scaled.Space.Name).Where(ReleasedArchitectures.ByName.ContainsKey)
            .Select(name => new ReferencePoint(name, PerFrame(ReleasedArchitectures.ByName[name], settings), 0))];
    }

    /// <summary>Released networks against the spaces of their names.</summary>
    public IReadOnlyList<ReleasedFit> Fits() => [.. _family.Spaces
        .Where(scaled => ReleasedArchitectures.ByName.TryGetValue(scaled.Space.Name, out var released) && released.Blocks.Length == scaled.Space.Definition.Blocks.Length)
        .Select(scaled => ReleasedFit.Of(scaled.Space, ReleasedArchitectures.ByName[scaled.Space.Name]))];

    /// <summary>Architectures drawn of each space.</summary>
    public int Samples { get; }

    /// <summary>Released networks that have the name of a space, with their multiply-adds per frame.</summary>
    public IReadOnlyList<ReferencePoint> Released { get; }

    /// <summary>The spread of each space.</summary>
    public IReadOnlyList<CostDistribution> Sampled => _sampled;

    /// <summary>Sampled mean of a space over that of the one before; null for the first.</summary>
    public double? SampledRatio(int i) => i == 0 ? null : _sampled[i].Mean / _sampled[i - 1].Mean;

    /// <summary>The table for people.</summary>
    public TextTable Table() => new(
        ["space", "step", "frames", "stride", "resolution", "stem", "blocks", "most layers", "head", "mean per frame", "ratio", "sampled mean", "ratio", "5 %", "median", "95 %"],
        [.. _family.Spaces.Select((scaled, i) =>
        {
            var space = scaled.Space.Definition;
            var sampled = _sampled[i];
            return new[]
            {
                space.Name, $"{scaled.Step}", $"{space.Input.Frames}", $"{space.Input.FrameStride}", $"{space.Input.Resolution}", $"{space.StemWidth}",
                string.Join(' ', space.Blocks.Select(block => block.Width)), string.Join(' ', space.Blocks.Select(block => block.MaximumDepth).Distinct()),
                $"{space.HeadWidth}", ObjectiveText.Short(scaled.MeanMacsPerFrame), i == 0 ? "" : Ratio(_family.Ratios[i - 1]), ObjectiveText.Short(sampled.Mean),
                SampledRatio(i) is { } ratio ? Ratio(ratio) : "", ObjectiveText.Short(sampled.Low), ObjectiveText.Short(sampled.Median), ObjectiveText.Short(sampled.High),
            };
        })],
        [false, true, true, true, true, true, false, true, true, true, true, true, true, true, true, true]);

    /// <summary>The text of <c>scaling.csv</c>.</summary>
    public string Csv()
    {
        var text = new StringBuilder("space,step,frames,frameStride,resolution,stemWidth,blockWidths,mostLayers,headWidth,meanMacsPerFrame,ratio,samples,sampledMean,sampledRatio,q05,q25,median,q75,q95\n");
        for (int i = 0; i < _sampled.Length; i++)
        {
            var (scaled, sampled) = (_family.Spaces[i], _sampled[i]);
            var space = scaled.Space.Definition;
            string ratio = i == 0 ? "" : Exact(_family.Ratios[i - 1]), sampledRatio = SampledRatio(i) is { } value ? Exact(value) : "";
            text.Append(CultureInfo.InvariantCulture, $"{space.Name},{scaled.Step},{space.Input.Frames},{space.Input.FrameStride},{space.Input.Resolution},{space.StemWidth},")
                .Append(CultureInfo.InvariantCulture, $"{string.Join(' ', space.Blocks.Select(block => block.Width))},{string.Join(' ', space.Blocks.Select(block => block.MaximumDepth))},{space.HeadWidth},")
                .Append(CultureInfo.InvariantCulture, $"{Exact(scaled.MeanMacsPerFrame)},{ratio},{Samples},{Exact(sampled.Mean)},{sampledRatio},")
                .Append(CultureInfo.InvariantCulture, $"{Exact(sampled.Low)},{Exact(sampled.Lower)},{Exact(sampled.Median)},{Exact(sampled.Upper)},{Exact(sampled.High)}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes <c>scaling.csv</c>, the picture <c>costs</c>, <c>released.csv</c> and <c>README.md</c>.</summary>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public void Write(string folder, string command)
    {
        AtomicFile.WriteText(Path.Combine(folder, "scaling.csv"), Csv());
        using var figure = CostDistributionPlot.Draw(
            new CostDistributionFigure($"{_family.Spaces[0].Space.Name} to {_family.Spaces[^1].Space.Name}: a frame of {Samples} drawn architectures", CostObjective.MacsPerFrame, _sampled) { Known = Released });
        figure.Save(Path.Combine(folder, "costs"));
        var fits = Fits();
        string released = fits.Count == 0 ? "" :
            $"\n## Released networks against the spaces of their names\n\n{ReleasedFit.Overview(fits).ToMarkdown()}\n"
            + "How many values of the network are options of the space; in brackets, more that lie between options. `released.csv` has every value and why it is none. "
            + "Widths of the released networks were chosen in the paper's own spaces, whose tables it does not print.\n";
        if (fits.Count > 0) AtomicFile.WriteText(Path.Combine(folder, "released.csv"), ReleasedFit.Csv(fits));
        AtomicFile.WriteText(
            Path.Combine(folder, "README.md"),
            $"# Scaled search spaces\n\n{Table().ToMarkdown()}\nMultiply-adds of one streamed frame; the mean over every choice is exact, the others are of {Samples} architectures of each space. "
            + FormattableString.Invariant($"Each step multiplies {_family.Coefficients}. The largest distance of a ratio of means from 2 is {100 * _family.Deviation:F1} %. ")
            + $"`costs` is a picture of it, with its data; its diamonds are the released networks of the same name.\n{released}\n`{command}` wrote this folder and the spaces.\n");
    }

    private static double PerFrame(Architecture architecture, ScalingSettings settings) =>
        CostModel.Rows(architecture, settings.Variant, settings.Classes, architecture.Input with { Frames = 1 }).Sum(row => row.Macs);

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
