using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>The pictures of a comparison on a table: best so far and hypervolume over compute, and the fronts that searches attain.</summary>
internal static class ComparisonFigures
{
    private const string AttainmentPicture = "attainment", AttainmentLabel = "Test top-1 (%)";

    /// <summary>Writes <c>quality</c>, <c>hypervolume</c> and <c>attainment</c> as SVG, PNG, PDF and CSV.</summary>
    public static void Write(string folder, Comparison comparison, IReadOnlyList<MethodResult> results)
    {
        var curves = ComparisonCurves.Of(comparison, results);
        using var quality = AnytimePlot.Draw(curves.Quality(isReward: comparison.Beta is not null));
        quality.Save(Path.Combine(folder, ComparisonCurves.QualityPicture));
        using var hypervolume = AnytimePlot.Draw(curves.Hypervolume);
        hypervolume.Save(Path.Combine(folder, ComparisonCurves.HypervolumePicture));
        var byMethod = comparison.Methods.Select(method => AttainmentSeries.Of(method.Name, [.. results.Where(result => result.Method == method.Name).Select(result => result.Evaluated)]));
        using var attainment = AttainmentPlot.Draw(new AttainmentFigure("", comparison.Objective, [.. byMethod]) { QualityLabel = AttainmentLabel });
        attainment.Save(Path.Combine(folder, AttainmentPicture));
    }

    /// <summary>The fronts of a comparison, from its <c>attainment.csv</c>.</summary>
    /// <exception cref="InputException">It has none, or a damaged one.</exception>
    public static AttainmentFigure ReadAttainment(string folder)
    {
        var table = DataFolder.Read(folder, AttainmentPicture + ".csv", ComparisonCurves.Writer, "method", "runs", "surface", "top1");
        string cost = table.Columns.FirstOrDefault(CostObjectives.ByName.ContainsKey) ?? throw new InputException($"{table.Name}(1): has no column of a cost ({string.Join(", ", CostObjectives.ByName.Keys)}).");
        return new AttainmentFigure("", CostObjectives.ByName[cost],
        [
            .. table.Rows.GroupBy(row => row.Text("method")).Select(method =>
            {
                StepFunction Surface(string name)
                {
                    var steps = method.Where(row => row.Text("surface") == name).ToList();
                    return new StepFunction([.. steps.Select(row => row.Number(cost))], [.. steps.Select(row => row.Number("top1"))]);
                }

                return new AttainmentSeries(method.Key, (int)method.First().Whole("runs", 1), Surface("best"), Surface("median"), Surface("worst"));
            }),
        ]) { QualityLabel = AttainmentLabel };
    }
}
