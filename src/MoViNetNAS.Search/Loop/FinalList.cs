using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What is scored when the steps are done: a function of the final policy, the window and the seed.</summary>
/// <param name="MostProbable">The argmax; null for random search.</param>
/// <param name="MostProbableFeasible">The likeliest on target; null when there is none, and for random search.</param>
/// <param name="Top">Top candidates, in the order they are scored.</param>
/// <param name="Baseline">Uniformly drawn ones, in the order they are scored.</param>
internal sealed record FinalList(
    Genotype? MostProbable, Genotype? MostProbableFeasible, ImmutableArray<Genotype> Top, ImmutableArray<Genotype> Baseline)
{
    public static FinalList Of(Controller controller, CostTable costs, CostWindow window, SearchSettings settings, RandomStream seed)
    {
        var space = controller.Space;
        var baseline = FeasibleDraws.Draw(space, costs, window, seed.Derive("baseline"), settings.BaselineArchitectures);
        if (settings.Algorithm == SearchAlgorithm.Random)
            return new(null, null, FeasibleDraws.Draw(space, costs, window, seed.Derive("random"), settings.TopCandidates), baseline);
        var argmax = controller.ArgMax();
        var likeliest = FeasibleSearch.Likeliest(controller, costs, window, seed.Derive("feasible"), settings.TopCandidates + 1);
        ImmutableArray<Genotype> top = [argmax, .. likeliest.Select(likely => likely.Genotype).Where(genotype => !genotype.Equals(argmax))];
        // The two named results are scored even where one candidate was asked for.
        return new(argmax, likeliest.FirstOrDefault()?.Genotype, [.. top.Take(Math.Max(2, settings.TopCandidates))], baseline);
    }
}
