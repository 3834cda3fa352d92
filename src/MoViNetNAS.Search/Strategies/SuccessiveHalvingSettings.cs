using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Options of <see cref="SuccessiveHalvingStrategy"/>.</summary>
/// <remarks>Source: Jamieson and Talwalkar 2016 (arXiv 1502.07943); eta = 3 as in Hyperband (arXiv 1603.06560).</remarks>
/// <param name="Architectures">Uniform draws of a bracket, at least 1.</param>
/// <param name="Eta">One in so many goes on, for so many times the epochs; at least 2.</param>
/// <param name="LeastEpochs">Epochs of the first rung, at least 1; the last rung has the most that the problem allows.</param>
/// <param name="Selection">Who goes on.</param>
/// <param name="Brackets">Brackets after each other, each with new draws; 0 for as many as the budget allows.</param>
public sealed record SuccessiveHalvingSettings(
    int Architectures = 27, int Eta = 3, int LeastEpochs = 1, ParentSelection Selection = ParentSelection.Top, int Brackets = 0) : StrategySettings
{
    /// <inheritdoc/>
    public override string Name => "successiveHalving";

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new SuccessiveHalvingStrategy(problem, this);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["kind"] = Name,
        ["architectures"] = Architectures,
        ["eta"] = Eta,
        ["leastEpochs"] = LeastEpochs,
        ["selection"] = Selections.NameOf(Selection),
        ["brackets"] = Brackets,
    };

    internal static SuccessiveHalvingSettings ReadOptions(ConfigNode node)
    {
        var file = node.Object("kind", "architectures", "eta", "leastEpochs", "selection", "brackets");
        var standard = new SuccessiveHalvingSettings();
        return new SuccessiveHalvingSettings(
            file.Optional("architectures", n => n.Int(1, 1_000_000), standard.Architectures),
            file.Optional("eta", n => n.Int(2, 1000), standard.Eta),
            file.Optional("leastEpochs", n => n.Int(1, 1_000_000), standard.LeastEpochs),
            file.Optional("selection", n => n.OneOf(Selections.ByName), standard.Selection),
            file.Optional("brackets", n => n.Int(0, 1_000_000), standard.Brackets));
    }
}
