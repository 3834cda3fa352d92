using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Uniform draws; there is nothing to set.</summary>
public sealed record RandomSettings : StrategySettings
{
    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new RandomStrategy(problem);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["kind"] = Name };

    internal static RandomSettings ReadOptions(ConfigNode node)
    {
        node.Object("kind");
        return new RandomSettings();
    }
}
