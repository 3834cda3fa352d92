using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>The text of <c>alternatives.csv</c>: what each decision of a found architecture would cost otherwise.</summary>
public static class AlternativesCsv
{
    private const string Header = "path,option,chosen,probability,feasible,macs,macsPerFrame,paperFlops,trainableParameters,totalParameters,streamStateBytes,peakActivationBytes,latencyMs";

    /// <summary>Writes them; numbers exact, latencyMs empty where none was measured.</summary>
    public static string Text(IEnumerable<OptionCost> alternatives) => string.Concat(alternatives.Select(Line).Prepend(Header).Select(line => line + "\n"));

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InputException">It is no such file.</exception>
    public static IReadOnlyList<OptionCost> Read(IReadOnlyList<string> lines, string name)
    {
        if (lines.Count == 0 || lines[0] != Header) throw new InputException($"{name}(1): not an alternatives.csv; its columns are {Header}.");
        return [.. lines.Skip(1).Select((line, i) => Parse(line.Split(',')) ?? throw new InputException($"{name}({i + 2}): not a row of an alternatives.csv: '{line}'."))];
    }

    private static string Line(OptionCost of)
    {
        var cost = of.Cost;
        return FormattableString.Invariant($"{of.Path},{of.Option},{(of.IsChosen ? 1 : 0)},{of.Probability:R},{(of.IsFeasible ? 1 : 0)},{cost.Macs},{cost.MacsPerFrame},")
            + FormattableString.Invariant($"{cost.PaperFlops},{cost.TrainableParameters},{cost.TotalParameters},{cost.StreamStateBytes},{cost.PeakActivationBytes},{cost.LatencyMs:R}");
    }

    private static OptionCost? Parse(string[] cells)
    {
        var culture = CultureInfo.InvariantCulture;
        var counts = new long[7];
        if (cells.Length != 13 || !double.TryParse(cells[3], culture, out double probability)) return null;
        for (int i = 0; i < counts.Length; i++)
            if (!long.TryParse(cells[5 + i], culture, out counts[i])) return null;
        double latency = 0;
        if (cells[12].Length > 0 && !double.TryParse(cells[12], culture, out latency)) return null;
        return new OptionCost(
            cells[0], cells[1], cells[2] == "1", probability, cells[4] == "1",
            new Cost(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], cells[12].Length > 0 ? latency : null));
    }
}
