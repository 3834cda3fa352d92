using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a search asks of costs beside its main objective: targets that enter the reward, and hard limits. Equal by value.</summary>
/// <param name="Terms">Further terms of the reward, each of another objective than the main one.</param>
/// <param name="Limits">Costs that a chosen architecture may not exceed.</param>
public sealed record CostDemands(ImmutableArray<CostTerm> Terms, ImmutableArray<CostLimit> Limits)
{
    /// <summary>Nothing further.</summary>
    public static CostDemands None { get; } = new([], []);

    /// <inheritdoc/>
    public bool Equals(CostDemands? other) => other is not null && Terms.SequenceEqual(other.Terms) && Limits.SequenceEqual(other.Limits);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var term in Terms) hash.Add(term);
        foreach (var limit in Limits) hash.Add(limit);
        return hash.ToHashCode();
    }

    /// <summary>Reads <c>costs</c>, a list of terms.</summary>
    /// <param name="node">The list.</param>
    /// <param name="main">The main term: its objective may not come again; its beta and form stand where a term leaves them out.</param>
    /// <param name="rewards">The forms by name.</param>
    internal static ImmutableArray<CostTerm> ReadTerms(ConfigNode node, CostTerm main, IReadOnlyDictionary<string, RewardType> rewards)
    {
        var terms = ImmutableArray.CreateBuilder<CostTerm>();
        foreach (var element in node.Array())
        {
            var file = element.Object("objective", "target", "beta", "reward");
            var objective = file.Required("objective", n => n.OneOf(CostObjectives.ByName), CostObjective.Macs);
            if (!file.Has("objective")) continue;
            if (objective == main.Objective) element.Fail($"has the objective {CostObjectives.NameOf(objective)}, which is the search's main one already: give each cost one term");
            else if (terms.Any(term => term.Objective == objective)) element.Fail($"has the objective {CostObjectives.NameOf(objective)} a second time: give each cost one term");
            terms.Add(new CostTerm(
                objective,
                file.Optional("target", n => NumberOrName.Read(n, "median", CostObjectives.LeastTarget(objective), CostObjectives.MostTarget), null),
                file.Optional("beta", SearchSettings.ReadBeta, main.Beta),
                file.Optional("reward", n => n.OneOf(rewards), main.Reward)));
        }

        return terms.ToImmutable();
    }

    /// <summary>Reads <c>limits</c>, an object of objectives and their largest allowed values.</summary>
    internal static ImmutableArray<CostLimit> ReadLimits(ConfigNode node)
    {
        var file = node.Object([.. CostObjectives.ByName.Keys]);
        return
        [
            .. CostObjectives.ByName.Where(pair => file.Has(pair.Key)).Select(pair => new CostLimit(
                pair.Value, file.Required(pair.Key, n => n.Number(CostObjectives.LeastTarget(pair.Value), CostObjectives.MostTarget), 1))),
        ];
    }
}
