using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Trust;

/// <summary>What makes shared weights trustworthy, as a file, format 1: rows that differ from one search experiment, each searched from several seeds and held against a table.</summary>
/// <param name="Name">What its folder and searches are called.</param>
/// <param name="Experiment">Path of the experiment that rows change.</param>
/// <param name="Table">Folder of the tabular benchmark of the same space.</param>
/// <param name="Seeds">One search of every row each.</param>
/// <param name="Rows">Name and changes of each row, at least one; the first is what the others are compared with.</param>
internal sealed record TrustStudy(string Name, string Experiment, string Table, ImmutableArray<ulong> Seeds, ImmutableArray<(string Name, ImmutableArray<string> Set)> Rows)
{
    private const int Format = 1;

    /// <exception cref="InputException">The file is missing or has mistakes.</exception>
    public static TrustStudy Load(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ConfigDocument.Load(path, node => Read(node, folder));
    }

    private static TrustStudy Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "experiment", "table", "seeds", "rows");
        o.Required("format", n => n.Int(Format, Format), Format);
        var study = new TrustStudy(
            o.Required("name", n => n.Text(), "trust"),
            o.Required("experiment", n => Path.Combine(folder, n.Text()), ""),
            o.Required("table", n => Path.Combine(folder, n.Text()), ""),
            o.Required<ImmutableArray<ulong>>("seeds", n => [.. n.Array(1).Select(e => (ulong)e.Long(0, long.MaxValue))], [1]),
            o.Required<ImmutableArray<(string, ImmutableArray<string>)>>("rows", n => [.. n.Array(1).Select(ReadRow)], []));
        if (study.Rows.DistinctBy(row => row.Name).Count() != study.Rows.Length) node.Field("rows")?.Fail("must have different names");
        if (study.Seeds.Distinct().Count() != study.Seeds.Length) node.Field("seeds")?.Fail("must be different numbers");
        return study;
    }

    private static (string, ImmutableArray<string>) ReadRow(ConfigNode node)
    {
        var o = node.Object("name", "set");
        return (o.Required("name", n => n.Text(), ""), o.Optional<ImmutableArray<string>>("set", n => [.. n.Array().Select(e => e.Text())], []));
    }
}
