using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Draws architectures uniformly until they are on target.</summary>
/// <remarks>Source: TuNAS (arXiv 2008.06120), random search baseline: every decision uniform, rejection to a cost window.</remarks>
public static class FeasibleDraws
{
    /// <summary>Draws without a hit after which a window counts as empty.</summary>
    public const int CheckDraws = 20_000;

    private const int DrawsPerArchitecture = 20_000;

    /// <summary>Fails early, in words, when nothing drawn is within <paramref name="window"/>.</summary>
    /// <exception cref="InputException">None of <see cref="CheckDraws"/> architectures is on target.</exception>
    public static void RequireAny(SearchSpace space, CostTable costs, CostWindow window, RandomStream random)
    {
        for (int i = 0; i < CheckDraws; i++)
            if (window.Contains(costs.Of(space.Sample(random)))) return;
        string objective = CostObjectives.NameOf(window.Objective);
        var survey = CostSurvey.Draw(space, costs, window.Objective, random, CheckDraws);
        throw new InputException(FormattableString.Invariant(
            $"no architecture of space '{space.Name}' is within {window.Tolerance:0.####%} of the target {Number(window.Target)} {objective}: ")
            + FormattableString.Invariant(
            $"{CheckDraws} drawn ones cost from {Number(survey.Minimum)} to {Number(survey.Maximum)}, median {Number(survey.Median)}. Choose a target in that range (\"median\" always works), or a larger tolerance."));
    }

    // Counts are exact, however long; of milliseconds four figures say enough.
    private static string Number(double value) => value.ToString(value < 1000 ? "G4" : "R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Up to <paramref name="count"/> different feasible architectures; fewer when the tries run out.</summary>
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
}
