using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tabular;

/// <summary>A tabular benchmark as a file, format 1: which experiment's space is trained whole, how often, and when it is scored.</summary>
/// <param name="Name">What its folder is called.</param>
/// <param name="Experiment">Path of the experiment: space, data, how a network is trained.</param>
/// <param name="Seeds">One training of every architecture each.</param>
/// <param name="Epochs">After which epochs a training is scored, rising; the last is its end.</param>
internal sealed record TabularSection(string Name, string Experiment, ImmutableArray<ulong> Seeds, ImmutableArray<int> Epochs)
{
    private const int Format = 1;

    /// <exception cref="InputException">The file is missing or has mistakes.</exception>
    public static TabularSection Load(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ConfigDocument.Load(path, node => Read(node, folder));
    }

    private static TabularSection Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "experiment", "seeds", "epochs");
        o.Required("format", n => n.Int(Format, Format), Format);
        var section = new TabularSection(
            o.Required("name", n => n.Text(), ""),
            o.Required("experiment", n => Path.Combine(folder, n.Text()), ""),
            o.Required<ImmutableArray<ulong>>("seeds", n => [.. n.Array().Select(e => (ulong)e.Long(0, long.MaxValue))], [1]),
            o.Required<ImmutableArray<int>>("epochs", n => [.. n.Array().Select(e => e.Int(1, 1_000_000))], [1]));
        if (section.Seeds.Length == 0 || section.Seeds.Distinct().Count() != section.Seeds.Length) node.Field("seeds")?.Fail("must be one or more different numbers");
        if (section.Epochs.Length == 0 || !section.Epochs.SequenceEqual(section.Epochs.Distinct().Order())) node.Field("epochs")?.Fail("must be one or more rising numbers");
        return section;
    }
}
