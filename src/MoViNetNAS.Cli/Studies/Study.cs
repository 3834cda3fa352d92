using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Studies;

/// <summary>A table of a paper as a file, format 1: rows that differ from one experiment, each trained from several seeds.</summary>
/// <param name="Name">What its folder is called.</param>
/// <param name="Experiment">Path of the experiment that rows change.</param>
/// <param name="Genotype">The network, in the experiment's space; null: the experiment names it.</param>
/// <param name="Seeds">One training of every row each.</param>
/// <param name="LeavesOneOut">Whether every source in turn is tested on by a network that all others trained.</param>
/// <param name="Split">Which clips are tested: test, score or score+test.</param>
/// <param name="Rows">At least one.</param>
internal sealed record Study(
    string Name, string Experiment, string? Genotype, IReadOnlyList<ulong> Seeds, bool LeavesOneOut, string Split, IReadOnlyList<StudyRow> Rows)
{
    private const int Format = 1;
    private static readonly Dictionary<string, string> Splits = new() { ["test"] = "test", ["score"] = "score", ["score+test"] = "score+test" };

    /// <exception cref="InputException">The file is missing or has mistakes.</exception>
    public static Study Load(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ConfigDocument.Load(path, node => Read(node, folder));
    }

    /// <summary>The same rows of another experiment, which the study's name then tells.</summary>
    /// <exception cref="InputException">The experiment is missing or has mistakes.</exception>
    public Study On(string experiment) => this with { Experiment = experiment, Name = $"{Name}-{Training.Experiment.Load(experiment).Name}" };

    private static Study Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "experiment", "genotype", "seeds", "leaveOneOut", "split", "set", "rows");
        o.Required("format", n => n.Int(Format, Format), Format);
        string[] common = o.Optional("set", n => n.Array().Select(e => e.Text()).ToArray(), []);
        var study = new Study(
            o.Required("name", n => n.Text(), "study"),
            o.Required("experiment", n => Beside(n, folder), ""),
            o.Optional("genotype", n => n.Text(), null!),
            o.Optional("seeds", n => n.Array(minimum: 1).Select(e => (ulong)e.Long(0, long.MaxValue)).ToArray(), [1UL]),
            o.Optional("leaveOneOut", n => n.Bool(), false),
            o.Optional("split", n => n.OneOf(Splits), "test"),
            o.Required("rows", n => n.Array(minimum: 1).Select(StudyRow.Read).Select(row => row with { Set = [.. common, .. row.Set] }).ToArray(), []));
        if (study.Rows.GroupBy(row => row.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            node.Field("rows")!.Fail($"has two rows called '{twice.Key}'");
        if (study.LeavesOneOut && study.Split != "test")
            node.Fail($"has leaveOneOut true, which tests on the source that was left out: split must be test, not {study.Split}");
        return study;
    }

    private static string Beside(ConfigNode node, string folder)
    {
        string path = Path.Combine(folder, node.Text());
        if (!File.Exists(path)) node.Fail($"is '{node.Text()}', and there is no such file beside this one");
        return path;
    }
}
