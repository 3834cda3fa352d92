using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Compare;

/// <summary>How far each method had come, over compute and seeds: as searches say it, or read from <c>curves.csv</c>.</summary>
/// <param name="Methods">Name, and the points of each seed.</param>
internal sealed record ComparisonCurves(IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<MethodPoint>> Seeds)> Methods)
{
    public const string Writer = "compare", QualityPicture = "quality", HypervolumePicture = "hypervolume";

    private const string Compute = "Clips trained";

    /// <summary>Hypervolume over compute.</summary>
    public AnytimeFigure Hypervolume => Figure("Hypervolume, of the whole table's", point => point.Hypervolume);

    /// <summary>Best so far over compute.</summary>
    public AnytimeFigure Quality(bool isReward) => Figure(isReward ? "Reward of the best so far" : "Test top-1 of the best so far", point => point.Test);

    /// <summary>From the results of a comparison, methods in its order.</summary>
    public static ComparisonCurves Of(Comparison comparison, IReadOnlyList<MethodResult> results) => new(
        [.. comparison.Methods.Select(method => (method.Name, (IReadOnlyList<IReadOnlyList<MethodPoint>>)[.. results.Where(result => result.Method == method.Name).Select(result => result.Curve)]))]);

    /// <summary>From the folder of a comparison.</summary>
    /// <exception cref="Spaces.InputException">It has no curves, or damaged ones.</exception>
    public static ComparisonCurves Load(string folder)
    {
        var table = DataFolder.Read(folder, "curves.csv", Writer, "method", "seed", "trainedClips", "test", "hypervolume");
        return new ComparisonCurves([.. table.Rows.GroupBy(row => row.Text("method")).Select(method => (
            method.Key,
            (IReadOnlyList<IReadOnlyList<MethodPoint>>)[.. method.GroupBy(row => row.Text("seed")).Select(seed => (IReadOnlyList<MethodPoint>)
                [.. seed.Select(row => new MethodPoint(row.Whole("trainedClips"), row.NumberOrNone("test"), row.Number("hypervolume")))])]))]);
    }

    private AnytimeFigure Figure(string label, Func<MethodPoint, double?> value)
    {
        var curves = Methods.Select(method => (method.Name, Seeds: method.Seeds.Select(seed => Curve(seed, value)).ToList())).ToList();
        double[] grid = [.. AnytimeBand.CommonGrid(curves.SelectMany(method => method.Seeds))];
        return new AnytimeFigure("", Compute, label, [.. curves.Select(method => new AnytimeSeries(method.Name, AnytimeBand.Of(method.Seeds, grid)))]) { IsPercent = true };
    }

    private static StepFunction Curve(IReadOnlyList<MethodPoint> points, Func<MethodPoint, double?> value)
    {
        var known = points.Where(point => value(point) is not null).ToList();
        return new StepFunction([.. known.Select(point => (double)point.TrainedClips)], [.. known.Select(point => value(point)!.Value)]);
    }
}
