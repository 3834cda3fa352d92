using MoViNetNAS.Reporting;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Compare;

/// <summary>The pictures of a comparison on a table: best so far and hypervolume over compute, and the fronts that searches attain.</summary>
internal static class ComparisonFigures
{
    private const string Compute = "Clips trained";

    /// <summary>Writes <c>quality</c>, <c>hypervolume</c> and <c>attainment</c> as SVG, PNG, PDF and CSV.</summary>
    public static void Write(string folder, Comparison comparison, IReadOnlyList<MethodResult> results)
    {
        var byMethod = comparison.Methods.Select(method => (method.Name, Results: results.Where(result => result.Method == method.Name).ToList())).ToList();
        Save("quality", comparison.Beta is null ? "Test top-1 of the best so far" : "Reward of the best so far", point => point.Test);
        Save("hypervolume", "Hypervolume, of the whole table's", point => point.Hypervolume);
        using var attainment = AttainmentPlot.Draw(
            new AttainmentFigure("", comparison.Objective, [.. byMethod.Select(method => AttainmentSeries.Of(method.Name, [.. method.Results.Select(result => result.Evaluated)]))])
            {
                QualityLabel = "Test top-1 (%)",
            });
        attainment.Save(Path.Combine(folder, "attainment"));

        void Save(string name, string label, Func<MethodPoint, double?> value)
        {
            var curves = byMethod.Select(method => (method.Name, Seeds: method.Results.Select(result => Curve(result, value)).ToList())).ToList();
            double[] grid = [.. AnytimeBand.CommonGrid(curves.SelectMany(method => method.Seeds))];
            using var figure = AnytimePlot.Draw(
                new AnytimeFigure("", Compute, label, [.. curves.Select(method => new AnytimeSeries(method.Name, AnytimeBand.Of(method.Seeds, grid)))]) { IsPercent = true });
            figure.Save(Path.Combine(folder, name));
        }
    }

    private static StepFunction Curve(MethodResult result, Func<MethodPoint, double?> value)
    {
        var known = result.Curve.Where(point => value(point) is not null).ToList();
        return new StepFunction([.. known.Select(point => (double)point.TrainedClips)], [.. known.Select(point => value(point)!.Value)]);
    }
}
