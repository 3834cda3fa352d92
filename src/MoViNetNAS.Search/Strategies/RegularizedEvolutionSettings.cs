using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Options of <see cref="RegularizedEvolutionStrategy"/>.</summary>
/// <remarks>Source: Real et al. 2019 (arXiv 1802.01548), where 100 live and 25 compete over 20,000 evaluations. A fifth of both here, for
/// searches of some hundred.</remarks>
/// <param name="Population">How many live at once, at least 2.</param>
/// <param name="Sample">How many compete to be the parent, at least 1.</param>
public sealed record RegularizedEvolutionSettings(int Population = 20, int Sample = 5) : StrategySettings
{
    /// <inheritdoc/>
    public override string Name => "regularizedEvolution";

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new RegularizedEvolutionStrategy(problem, this);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["kind"] = Name, ["population"] = Population, ["sample"] = Sample };

    internal static RegularizedEvolutionSettings ReadOptions(ConfigNode node)
    {
        var file = node.Object("kind", "population", "sample");
        var standard = new RegularizedEvolutionSettings();
        var settings = new RegularizedEvolutionSettings(
            file.Optional("population", n => n.Int(2, 1_000_000), standard.Population),
            file.Optional("sample", n => n.Int(1, 1_000_000), standard.Sample));
        if (settings.Sample > settings.Population) node.Fail($"has sample {settings.Sample}, which must not exceed population {settings.Population}");
        return settings;
    }
}
