using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Options of <see cref="Nsga2Strategy"/>.</summary>
/// <remarks>Source: Deb et al. 2002 (NSGA-II): a crossover probability of 0.9 and one mutated decision a child on average; the population is
/// smaller than the paper's 100, for searches of some hundred evaluations.</remarks>
/// <param name="Population">Survivors of a generation, at least 2.</param>
/// <param name="CrossoverProbability">Share of children with two parents.</param>
/// <param name="MutationProbability">Chance that a child's active decision is drawn anew; null ("auto" in files) for one over their number.</param>
public sealed record Nsga2Settings(int Population = 20, double CrossoverProbability = 0.9, double? MutationProbability = null) : StrategySettings
{
    /// <inheritdoc/>
    public override string Name => "nsga2";

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new Nsga2Strategy(problem, this);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["kind"] = Name,
        ["population"] = Population,
        ["crossoverProbability"] = CrossoverProbability,
        ["mutationProbability"] = MutationProbability is { } probability ? probability : "auto",
    };

    internal static Nsga2Settings ReadOptions(ConfigNode node)
    {
        var file = node.Object("kind", "population", "crossoverProbability", "mutationProbability");
        var standard = new Nsga2Settings();
        return new Nsga2Settings(
            file.Optional("population", n => n.Int(2, 1_000_000), standard.Population),
            file.Optional("crossoverProbability", n => n.Number(0, 1), standard.CrossoverProbability),
            file.Optional("mutationProbability", n => NumberOrName.Read(n, "auto", 1e-6, 1), standard.MutationProbability));
    }
}
