using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>What others measured of a network.</summary>
/// <param name="Network">Its name, one of <see cref="NamedNetworks.All"/>.</param>
/// <param name="Dataset">What it was tested on, "Kinetics 600".</param>
/// <param name="Variant">"base" or "stream".</param>
/// <param name="Top1">In [0, 1].</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Trust">How it was read: C in the official code or its README, W in another public source.</param>
public sealed record PublishedResult(string Network, string Dataset, string Variant, double Top1, string Source, string Trust)
{
    private static readonly string[] Variants = ["base", "stream"], Trusts = ["C", "P", "S", "W", "D"];

    /// <summary>Reads a table, or every table (*.csv) of a folder.</summary>
    /// <exception cref="InputException">There is none, or one is damaged or names what there is not.</exception>
    public static IReadOnlyList<PublishedResult> Load(string path)
    {
        if (!Directory.Exists(path)) return [.. Of(CsvTable.Load(path))];
        string[] files = [.. Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? [.. files.SelectMany(file => Of(CsvTable.Load(file)))] : throw new InputException($"{path} has no tables of published results (*.csv).");
    }

    private static IEnumerable<PublishedResult> Of(CsvTable table)
    {
        table.Require("network", "dataset", "variant", "top1", "source", "trust");
        return table.Rows.Select(row =>
        {
            string place = $"{table.Name}({row.Line})", network = row.Text("network"), variant = row.Text("variant"), trust = row.Text("trust");
            if (!NamedNetworks.All.Contains(network)) throw new InputException($"{place}: there is no model '{network}'{NearestName.End(network, NamedNetworks.All)}");
            if (!Variants.Contains(variant)) throw new InputException($"{place}: the variant must be base or stream, not '{variant}'.");
            if (!Trusts.Contains(trust)) throw new InputException($"{place}: trust must be one of {string.Join(", ", Trusts)}, not '{trust}'; what is only remembered is no result.");
            if (row.Text("source").Length == 0) throw new InputException($"{place}: has no source.");
            double top1 = row.Number("top1");
            return top1 is >= 0 and <= 1
                ? new PublishedResult(network, row.Text("dataset"), variant, top1, row.Text("source"), trust)
                : throw new InputException($"{place}: top1 must be a fraction from 0 to 1, not '{row.Text("top1")}'.");
        });
    }
}
