using System.Collections.Immutable;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>A comparison of search methods as a file, format 1: on a table of trained networks, or by searches and trainings of an experiment.</summary>
/// <param name="Name">What its folder is called.</param>
/// <param name="Benchmark">Folder of the tabular benchmark; null for searches.</param>
/// <param name="Experiment">Path of the experiment that methods change; null for a table.</param>
/// <param name="Set">Changes of the experiment that all methods share.</param>
/// <param name="Objective">On a table: the cost that is bounded, and that fronts trade quality for.</param>
/// <param name="Target">On a table: the target of that cost; null for the median of the table.</param>
/// <param name="Tolerance">On a table: relative distance from the target that may be chosen; null where the target is a limit that may be anywhere below.</param>
/// <param name="Beta">On a table: what is maximised is TuNAS's absolute reward with this weight of the cost, below 0, and every architecture may be chosen; null: accuracy, of what may be chosen.</param>
/// <param name="Evaluations">On a table: the budget, in whole trainings.</param>
/// <param name="Seeds">One search of every method each; methods are compared seed by seed.</param>
/// <param name="Baseline">Name of the method that the others are compared with.</param>
/// <param name="Methods">At least two.</param>
internal sealed record Comparison(
    string Name, string? Benchmark, string? Experiment, ImmutableArray<string> Set, CostObjective Objective, double? Target, double? Tolerance,
    double? Beta, int Evaluations, ImmutableArray<ulong> Seeds, string Baseline, ImmutableArray<CompareMethod> Methods)
{
    private const int Format = 1, FewestMethods = 2;
    private static readonly string[] OfTable = ["objective", "target", "tolerance", "beta", "evaluations"];

    /// <exception cref="InputException">The file is missing or has mistakes.</exception>
    public static Comparison Load(string path, IReadOnlyList<string> overrides)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ConfigDocument.Load(path, node => Read(node, folder), overrides);
    }

    private static Comparison Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "benchmark", "experiment", "set", "objective", "target", "tolerance", "beta", "evaluations", "seeds", "baseline", "methods");
        o.Required("format", n => n.Int(Format, Format), Format);
        string? benchmark = o.Optional("benchmark", n => Path.Combine(folder, n.Text()), null);
        string? experiment = o.Optional("experiment", n => Path.Combine(folder, n.Text()), null);
        if ((benchmark is null) == (experiment is null)) node.Fail("needs either the key 'benchmark', a table to replay searches on, or the key 'experiment', which methods search");
        foreach (string key in benchmark is null ? OfTable : ["set"])
            node.Field(key)?.Fail(benchmark is null ? "is of a comparison on a table, which needs the key 'benchmark'" : "is of a comparison by searches, which needs the key 'experiment'");
        var methods = o.Required<ImmutableArray<CompareMethod>>("methods", n => [.. n.Array().Select(e => CompareMethod.Read(e, benchmark is not null))], []);
        var comparison = new Comparison(
            o.Required("name", n => n.Text(), "comparison"),
            benchmark,
            experiment,
            o.Optional<ImmutableArray<string>>("set", n => [.. n.Array().Select(e => e.Text())], []),
            o.Optional("objective", n => n.OneOf(CostObjectives.ByName), CostObjective.Macs),
            o.Optional("target", n => NumberOrName.Read(n, "median", 1e-6, 1e18), null),
            o.Optional("tolerance", n => NumberOrName.Read(n, "below", 1e-6, 10), null),
            o.Optional("beta", n => n.Number(-1e6, -1e-9), (double?)null),
            o.Optional("evaluations", n => n.Int(1, 1_000_000), 100),
            o.Required<ImmutableArray<ulong>>("seeds", n => [.. n.Array().Select(e => (ulong)e.Long(0, long.MaxValue))], [1]),
            o.Optional("baseline", n => n.Text(), "random"),
            methods);
        if (methods.Length < FewestMethods || methods.DistinctBy(method => method.Name).Count() != methods.Length)
            node.Field("methods")?.Fail("must be two or more, with different names");
        else if (methods.All(method => method.Name != comparison.Baseline))
            node.Fail($"has no method named '{comparison.Baseline}' to compare with{NearestName.End(comparison.Baseline, methods.Select(method => method.Name))}");
        if (comparison.Beta is not null) node.Field("tolerance")?.Fail("bounds what may be chosen, and with beta the reward decides: leave one of them out");
        if (comparison.Seeds.Length == 0 || comparison.Seeds.Distinct().Count() != comparison.Seeds.Length) node.Field("seeds")?.Fail("must be one or more different numbers");
        return comparison;
    }
}
