using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Options of <see cref="EvolutionStrategy"/>; defaults are those of single-path one-shot search.</summary>
/// <remarks>Source: megvii-model/SinglePathOneShot, search of the second stage (arXiv 1904.00420).</remarks>
/// <param name="Population">Evaluations of a generation, at least 1.</param>
/// <param name="Generations">Generations in all, the random first one among them.</param>
/// <param name="Parents">How many of all evaluated so far may have children.</param>
/// <param name="Mutants">Children of one parent in a generation.</param>
/// <param name="MutationProbability">Chance that a mutant's active decision is drawn anew.</param>
/// <param name="Crossovers">Children of two parents in a generation. Uniform draws fill up the rest of it.</param>
/// <param name="Selection">Who are parents.</param>
/// <param name="Patience">Generations without improvement after which it ends; 0 for never. An improvement is a better best with
/// <see cref="ParentSelection.Top"/>, and a new member of the front with <see cref="ParentSelection.Pareto"/>.</param>
public sealed record EvolutionSettings(
    int Population = 50, int Generations = 20, int Parents = 10, int Mutants = 25, double MutationProbability = 0.1, int Crossovers = 25,
    ParentSelection Selection = ParentSelection.Top, int Patience = 0) : StrategySettings
{
    private static readonly Dictionary<string, string> OwnName = new() { ["evolution"] = "evolution" };

    /// <inheritdoc/>
    public override string Name => "evolution";

    /// <summary>Most evaluations of a whole evolution.</summary>
    public long MostEvaluations => (long)Population * Generations;

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new EvolutionStrategy(problem, this);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["kind"] = Name,
        ["population"] = Population,
        ["generations"] = Generations,
        ["parents"] = Parents,
        ["mutants"] = Mutants,
        ["mutationProbability"] = MutationProbability,
        ["crossovers"] = Crossovers,
        ["selection"] = Selections.NameOf(Selection),
        ["patience"] = Patience,
    };

    /// <summary>Reads the options where only this strategy is allowed: its name may be left out.</summary>
    internal static EvolutionSettings ReadAlone(ConfigNode node)
    {
        node.Field("kind")?.OneOf(OwnName);
        return ReadOptions(node);
    }

    internal static EvolutionSettings ReadOptions(ConfigNode node)
    {
        var file = node.Object(
            "kind", "population", "generations", "parents", "mutants", "mutationProbability", "crossovers", "selection", "patience");
        var standard = new EvolutionSettings();
        int population = file.Optional("population", n => n.Int(1, 1_000_000), standard.Population);
        var settings = new EvolutionSettings(
            population,
            file.Optional("generations", n => n.Int(1, 1_000_000), standard.Generations),
            file.Optional("parents", n => n.Int(1, 1_000_000), Math.Min(standard.Parents, population)),
            // A smaller population keeps the shares unless told otherwise.
            file.Optional("mutants", n => n.Int(0, 1_000_000), Math.Min(standard.Mutants, population / 2)),
            file.Optional("mutationProbability", n => n.Number(1e-6, 1), standard.MutationProbability),
            file.Optional("crossovers", n => n.Int(0, 1_000_000), Math.Min(standard.Crossovers, population / 2)),
            file.Optional("selection", n => n.OneOf(Selections.ByName), standard.Selection),
            file.Optional("patience", n => n.Int(0, 1_000_000), standard.Patience));
        if (settings.Mutants + settings.Crossovers > settings.Population)
            node.Fail($"has {settings.Mutants} mutants and {settings.Crossovers} crossovers, together more than population {settings.Population}");
        return settings;
    }
}
