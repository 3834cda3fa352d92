using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What is scored when the steps are done: a function of the final policy, what may be chosen and the seed.</summary>
/// <param name="MostProbable">The argmax; null for random search.</param>
/// <param name="MostProbableFeasible">The likeliest on target; null when there is none, and for random search.</param>
/// <param name="Repaired">The argmax moved on target; null when that fails, and for random search.</param>
/// <param name="Top">Top candidates, in the order they are scored.</param>
/// <param name="Baseline">Uniformly drawn ones, in the order they are scored.</param>
internal sealed record FinalList(
    Genotype? MostProbable, Genotype? MostProbableFeasible, Genotype? Repaired, ImmutableArray<Genotype> Top,
    ImmutableArray<Genotype> Baseline)
{
    public static FinalList Of(Controller controller, CostTable costs, FeasibleSet feasible, SearchSettings settings, RandomStream seed)
    {
        var space = controller.Space;
        var baseline = FeasibleDraws.Draw(space, costs, feasible, seed.Derive("baseline"), settings.BaselineArchitectures);
        if (settings.Algorithm == SearchAlgorithm.Random)
            return new(null, null, null, FeasibleDraws.Draw(space, costs, feasible, seed.Derive("random"), settings.TopCandidates), baseline);
        var argmax = controller.ArgMax();
        var repaired = FeasibleSearch.Repaired(controller, costs, feasible)?.Genotype;
        var likeliest = FeasibleSearch.Likeliest(controller, costs, feasible, seed.Derive("feasible"), settings.TopCandidates + 2)
            .Select(likely => likely.Genotype).ToArray();
        Genotype?[] named = [argmax, likeliest.FirstOrDefault(), repaired];
        // The named results are scored even where fewer candidates were asked for.
        Genotype[] top = [.. named.OfType<Genotype>().Distinct()];
        return new(
            argmax, named[1], repaired, [.. top.Concat(likeliest).Distinct().Take(Math.Max(top.Length, settings.TopCandidates))], baseline);
    }
}
