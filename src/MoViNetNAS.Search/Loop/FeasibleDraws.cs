using System.Collections.Immutable;
using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Draws architectures uniformly until they may be chosen.</summary>
/// <remarks>Source: TuNAS (arXiv 2008.06120), random search baseline: every decision uniform, rejection to a cost window.</remarks>
public static class FeasibleDraws
{
    /// <summary>Draws without a hit after which a set counts as empty.</summary>
    public const int CheckDraws = 20_000;

    private const int DrawsPerArchitecture = 20_000;

    /// <summary>Fails early, in words, when nothing drawn is in <paramref name="feasible"/>: which bound cannot be met, or which exclude each other.</summary>
    /// <exception cref="InputException">None of <see cref="CheckDraws"/> architectures may be chosen.</exception>
    public static void RequireAny(SearchSpace space, CostTable costs, FeasibleSet feasible, RandomStream random)
    {
        var drawn = new List<Cost>();
        for (int i = 0; i < CheckDraws; i++)
        {
            drawn.Add(costs.Of(space.Sample(random)));
            if (feasible.Contains(drawn[^1])) return;
        }

        (string Text, CostObjective Objective, int Met)[] bounds =
        [
            .. feasible.Windows.Select(window => (
                FormattableString.Invariant($"within {window.Tolerance:0.####%} of the target {Number(window.Target)} {CostObjectives.NameOf(window.Objective)}"),
                window.Objective, drawn.Count(window.Contains))),
            .. feasible.Limits.Select(limit => (
                $"within the limit of {Number(limit.Most)} {CostObjectives.NameOf(limit.Objective)}", limit.Objective, drawn.Count(cost => limit.Violation(cost) <= 0))),
        ];
        var unmet = bounds.Where(bound => bound.Met == 0).ToArray();
        throw new InputException(unmet.Length > 0
            ? string.Join("; ", unmet.Select(bound => $"no architecture of space '{space.Name}' is {bound.Text}: {Survey(space, costs, bound.Objective, random)}"))
            : $"no architecture of space '{space.Name}' meets all bounds together, though each is met alone: of {CheckDraws} drawn ones "
                + $"{string.Join(", ", bounds.Select(bound => $"{bound.Met} are {bound.Text}"))}. Loosen the rarest one, or the tolerance.");
    }

    /// <summary>Up to <paramref name="count"/> different architectures that may be chosen; fewer when the tries run out.</summary>
    public static ImmutableArray<Genotype> Draw(SearchSpace space, CostTable costs, FeasibleSet feasible, RandomStream random, int count)
    {
        var drawn = ImmutableArray.CreateBuilder<Genotype>();
        var seen = new HashSet<Genotype>();
        for (long tries = (long)DrawsPerArchitecture * count; drawn.Count < count && tries > 0; tries--)
        {
            var genotype = space.Sample(random);
            if (feasible.Contains(costs.Of(genotype)) && seen.Add(genotype)) drawn.Add(genotype);
        }

        return drawn.ToImmutable();
    }

    private static string Survey(SearchSpace space, CostTable costs, CostObjective objective, RandomStream random)
    {
        var survey = CostSurvey.Draw(space, costs, objective, random, CheckDraws);
        return FormattableString.Invariant(
            $"{CheckDraws} drawn ones cost from {Number(survey.Minimum)} to {Number(survey.Maximum)}, median {Number(survey.Median)}. Choose a target in that range (\"median\" always works), or a larger tolerance.");
    }

    // Counts are exact, however long; of milliseconds four figures say enough.
    private static string Number(double value) => value.ToString(value < 1000 ? "G4" : "R", CultureInfo.InvariantCulture);
}
