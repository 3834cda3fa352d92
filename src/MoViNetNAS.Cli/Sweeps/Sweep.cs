using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>Searches that differ in space and target alone, as a file, format 1.</summary>
/// <param name="Name">What its folder is called.</param>
/// <param name="Experiment">Path of the experiment that is searched.</param>
/// <param name="Spaces">Paths of space files; the experiment's own where there are none.</param>
/// <param name="Targets">At least one; each space is searched once for each.</param>
/// <param name="Set">Changes of the experiment that hold for all, as `--set` takes them.</param>
/// <param name="Published">Path of a table of published networks; null for none.</param>
internal sealed record Sweep(
    string Name, string Experiment, IReadOnlyList<string> Spaces, IReadOnlyList<SweepTarget> Targets, IReadOnlyList<string> Set, string? Published)
{
    private const int Format = 1;

    /// <exception cref="InputException">The file is missing or has mistakes.</exception>
    public static Sweep Load(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ConfigDocument.Load(path, node => Read(node, folder));
    }

    private static Sweep Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "experiment", "spaces", "targets", "set", "published");
        o.Required("format", n => n.Int(Format, Format), Format);
        var sweep = new Sweep(
            o.Required("name", ReadName, "sweep"),
            o.Required("experiment", n => Beside(n, folder), ""),
            o.Optional("spaces", n => n.Array(minimum: 1).Select(e => Beside(e, folder)).ToArray(), []),
            o.Required("targets", n => n.Array(minimum: 1).Select(SweepTarget.Read).ToArray(), []),
            o.Optional("set", n => n.Array().Select(e => e.Text()).ToArray(), []),
            o.Optional("published", n => Beside(n, folder), null!));
        if (sweep.Targets.Distinct().Count() < sweep.Targets.Count) node.Field("targets")!.Fail("names a target twice");
        if (sweep.Spaces.Distinct().Count() < sweep.Spaces.Count) node.Field("spaces")!.Fail("names a space twice");
        return sweep;
    }

    private static string ReadName(ConfigNode node)
    {
        string name = node.Text();
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || name.StartsWith('.'))
            node.Fail($"names a folder: letters, digits, '-', '_' and '.' are allowed, not '{name}'");
        return name;
    }

    private static string Beside(ConfigNode node, string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, node.Text()));
        if (!File.Exists(path)) node.Fail($"is '{node.Text()}', and there is no such file beside this one");
        return path;
    }
}
