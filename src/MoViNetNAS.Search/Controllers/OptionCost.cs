using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What one decision of a chosen architecture would cost with another option, all else as chosen.</summary>
/// <param name="Path">The decision's path, "block2/layer1/kernel".</param>
/// <param name="Option">The option as a person reads it.</param>
/// <param name="IsChosen">Whether it is the one chosen: the row to compare with.</param>
/// <param name="Probability">How likely the policy takes it, in [0, 1].</param>
/// <param name="IsFeasible">Whether the architecture with it may be chosen.</param>
/// <param name="Cost">The cost of the architecture with it.</param>
public sealed record OptionCost(string Path, string Option, bool IsChosen, double Probability, bool IsFeasible, Cost Cost)
{
    /// <summary>Every option of every decision that is active in <paramref name="chosen"/> and has more than one, in the space's order.</summary>
    /// <remarks>A deeper block switches layers on: they get the policy's favourite options.</remarks>
    public static ImmutableArray<OptionCost> Of(Controller controller, CostTable costs, FeasibleSet feasible, Genotype chosen)
    {
        var space = controller.Space;
        int[] favourites = controller.ArgMaxChoices();
        int[] choices = [.. chosen.Choices.Select((choice, d) => space.IsActive(d, chosen.Choices.AsSpan()) ? choice : favourites[d])];
        var all = ImmutableArray.CreateBuilder<OptionCost>();
        for (int d = 0; d < choices.Length; d++)
        {
            var decision = space.Decisions[d];
            if (decision.OptionCount == 1 || !space.IsActive(d, choices)) continue;
            for (int option = 0; option < decision.OptionCount; option++)
            {
                int[] changed = [.. choices];
                changed[d] = option;
                var cost = costs.Of(changed);
                all.Add(new OptionCost(decision.Path, decision.Labels[option], option == choices[d], controller.Probabilities(d)[option], feasible.Contains(cost), cost));
            }
        }

        return all.ToImmutable();
    }
}
