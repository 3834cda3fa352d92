using System.Globalization;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>Published results of released networks, read from <c>results/published/movinet.csv</c>.</summary>
internal static class PublishedNetworks
{
    private const string Header = "network,dataset,variant,top1,source,trust";
    private const int Classes = 600;

    /// <summary>A row of the table.</summary>
    /// <param name="Network">Name of a released network.</param>
    /// <param name="Dataset">What it was tested on, "Kinetics 600".</param>
    /// <param name="Variant">"base" or "stream".</param>
    /// <param name="Top1">In [0, 1].</param>
    internal sealed record Row(string Network, string Dataset, string Variant, double Top1);

    /// <summary>Reads the table.</summary>
    /// <exception cref="InputException">It is damaged, or names what there is not.</exception>
    public static IReadOnlyList<Row> Load(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header) throw new InputException($"{path}(1): must begin with the columns {Header}.");
        return [.. lines.Skip(1).Select((line, i) => Parse(line, $"{path}({i + 2})"))];
    }

    /// <summary>The base networks that were tested on <paramref name="dataset"/>, for a picture of <paramref name="objective"/>.</summary>
    public static IReadOnlyList<ReferencePoint> On(string? dataset, IReadOnlyList<Row> rows, CostObjective objective) =>
        [.. rows.Where(row => row.Variant == "base" && row.Dataset == dataset).Select(row => new ReferencePoint(row.Network.ToUpperInvariant(), CostOf(row.Network, objective), row.Top1))];

    /// <summary>The costs of all networks of the table, whatever they were tested on; qualities are 0.</summary>
    public static IReadOnlyList<ReferencePoint> Costs(IReadOnlyList<Row> rows, CostObjective objective) =>
        [.. rows.Select(row => row.Network).Distinct().Select(network => new ReferencePoint(network.ToUpperInvariant(), CostOf(network, objective), 0))];

    // Counted as causal networks, which a search counts too; a frame of a base network has no cost of its own.
    private static double CostOf(string network, CostObjective objective) => CostModel.Of(ReleasedArchitectures.Get(network), NetworkVariant.Causal, Classes).Of(objective);

    private static Row Parse(string line, string place)
    {
        string[] fields = line.Split(',');
        if (fields.Length != Header.Split(',').Length) throw new InputException($"{place}: must have the columns {Header}, without quotes; has {fields.Length}.");
        if (!ReleasedArchitectures.ByName.ContainsKey(fields[0])) throw new InputException($"{place}: there is no model '{fields[0]}'{NearestName.End(fields[0], ReleasedArchitectures.ByName.Keys)}");
        if (fields[2] is not ("base" or "stream")) throw new InputException($"{place}: the variant must be base or stream, not '{fields[2]}'.");
        if (!double.TryParse(fields[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double top1) || top1 is < 0 or > 1)
            throw new InputException($"{place}: top1 must be a fraction from 0 to 1, not '{fields[3]}'.");
        return new Row(fields[0], fields[1], fields[2], top1);
    }
}
