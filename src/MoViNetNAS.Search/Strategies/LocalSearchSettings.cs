using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Options of <see cref="LocalSearchStrategy"/>.</summary>
/// <param name="IsSteepest">Whether all neighbours are evaluated before the best of them is taken ("best" in files); otherwise the first
/// better one is ("first"), which goes farther where a genotype has about as many neighbours as there are evaluations.</param>
public sealed record LocalSearchSettings(bool IsSteepest = false) : StrategySettings
{
    private static readonly Dictionary<string, bool> Moves = new() { ["first"] = false, ["best"] = true };

    /// <inheritdoc/>
    public override string Name => "localSearch";

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new LocalSearchStrategy(problem, this);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["kind"] = Name, ["move"] = IsSteepest ? "best" : "first" };

    internal static LocalSearchSettings ReadOptions(ConfigNode node) =>
        new(node.Object("kind", "move").Optional("move", n => n.OneOf(Moves), new LocalSearchSettings().IsSteepest));
}
