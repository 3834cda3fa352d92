using System.CommandLine;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Figures;

/// <summary>Which cost is on the horizontal axis: trials are stored with all of them.</summary>
internal static class ObjectiveOption
{
    /// <summary>Name of a cost; null for the one that the runs searched for.</summary>
    public static Option<string?> Cost { get; } = new("--objective")
    {
        Description = $"The cost to show (default: what the search held to its target): {string.Join(", ", CostObjectives.ByName.Keys)}.",
        HelpName = "cost",
    };

    /// <summary>The cost that was asked for, or that all runs searched for.</summary>
    /// <exception cref="InputException">There is no such cost, or the runs searched for different ones.</exception>
    public static CostObjective Of(ParseResult parse, IReadOnlyList<RunRecord> records)
    {
        if (parse.GetValue(Cost) is { } name)
        {
            return CostObjectives.ByName.TryGetValue(name, out var asked)
                ? asked
                : throw new InputException($"--objective must be one of {string.Join(", ", CostObjectives.ByName.Keys)}, not '{name}'{NearestName.End(name, CostObjectives.ByName.Keys)}");
        }

        var objective = records[0].Objective;
        return records.FirstOrDefault(record => record.Objective != objective) is { } other
            ? throw new InputException($"runs '{records[0].Name}' and '{other.Name}' have different objectives ({CostObjectives.NameOf(objective)}, {CostObjectives.NameOf(other.Objective)}): say which with --objective.")
            : objective;
    }

    /// <summary>Costs and qualities of <paramref name="trials"/>.</summary>
    public static IReadOnlyList<(double Cost, double Quality)> Costed(IEnumerable<Trial> trials, CostObjective objective) =>
        [.. trials.Select(trial => (trial.Cost.Of(objective), trial.Quality))];
}
