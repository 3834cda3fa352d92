using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Draws of the policy that may be chosen: those that may not are drawn again, unseen by weights and controller.</summary>
/// <remarks>Source: TabNAS (arXiv 2204.07615), rejection sampling. Ours: a policy of whose draws none is feasible any more has its last
/// one moved into the set by the changes it minds least, so that a search does not end there.</remarks>
/// <param name="space">What is chosen from.</param>
/// <param name="costs">Costs of its genotypes.</param>
/// <param name="feasible">What may be chosen.</param>
internal sealed class RejectionSampler(SearchSpace space, CostTable costs, FeasibleSet feasible)
{
    private const int MostDraws = 20_000;

    /// <summary>Whether <paramref name="choices"/> may be chosen.</summary>
    public bool IsFeasible(int[] choices) => feasible.Contains(costs.Of(choices));

    /// <summary>Draws one candidate, as <see cref="CandidateSampler.Draw"/> would without warm-up; <paramref name="draws"/> says how many it took.</summary>
    /// <exception cref="InputException">Nothing feasible was drawn, nor is any a few changes away.</exception>
    public Candidate Draw(Controller controller, RandomStream random, out int draws)
    {
        int[] choices = [];
        for (draws = 1; draws <= MostDraws; draws++)
        {
            choices = controller.Sample(random);
            if (IsFeasible(choices)) return Single(choices);
        }

        draws = MostDraws;
        return Single(FeasibleSearch.Moved(controller, costs, feasible, choices) ?? throw new InputException(
            $"the policy over space '{space.Name}' has left the architectures that may be chosen: none of {MostDraws} draws is one, nor is any a few changes away. Widen search.tolerance or the limits, or lower search.controllerLearningRate."));
    }

    private Candidate Single(int[] choices) => new(
        [.. choices], space.Genotype(choices), [.. choices.Select(option => ImmutableArray.Create(option))], [.. new bool[choices.Length]]);
}
