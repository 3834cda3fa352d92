using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>A cost term of the reward: its target, the beta that the search ended with (null with rejection), and what was advised of it.</summary>
internal sealed record TermSummary(string Objective, double Target, double? Beta, string Reward, AdviceSummary? Advice)
{
    public static IReadOnlyList<TermSummary> Of(SearchSettings settings, SearchResult result) =>
    [
        .. settings.Terms.Select((term, i) => new TermSummary(
            CostObjectives.NameOf(term.Objective), term.Target!.Value, result.Betas.IsEmpty ? null : result.Betas[i], SearchSettings.NameOf(term.Reward),
            result.Advice.IsEmpty ? null : AdviceSummary.Of(result.Advice[i]))),
    ];
}
