using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>New genotypes from old ones: feasible, different as architectures, and never one of those excluded.</summary>
/// <remarks>Costs are exact and cost nothing to look up, so what is infeasible is never handed out. Layers that a deeper block switches on
/// are drawn, because a genotype says nothing of them (their canonical 0 is no choice). Every search for a genotype is bounded.</remarks>
/// <param name="problem">Space, costs and what is feasible.</param>
internal sealed class GenotypeMoves(StrategyProblem problem)
{
    private const int MostDraws = 100_000, MostTries = 2000;
    private readonly SearchSpace _space = problem.Space;

    /// <summary>A uniform draw; null when none is found.</summary>
    public Genotype? Draw(RandomStream random, IReadOnlySet<Genotype> excluded)
    {
        for (int i = 0; i < MostDraws; i++)
        {
            if (_space.Sample(random) is var genotype && IsNew(genotype, excluded)) return genotype;
        }

        return null;
    }

    /// <summary>One active decision of <paramref name="parent"/> changed; two or more where no single change will do; null when none is found.</summary>
    public Genotype? ChangeOne(Genotype parent, RandomStream random, IReadOnlySet<Genotype> excluded)
    {
        if (Neighbours(parent, random).FirstOrDefault(neighbour => !excluded.Contains(neighbour)) is { } single) return single;
        for (int i = 0; i < MostTries; i++)
        {
            var changed = parent;
            for (int steps = 2 + i * 4 / MostTries; steps > 0; steps--) changed = AnyChange(changed, random) ?? changed;
            if (!changed.Equals(parent) && IsNew(changed, excluded)) return changed;
        }

        return null;
    }

    /// <summary>Each active decision drawn anew with <paramref name="probability"/>; null when none is found.</summary>
    public Genotype? ChangeEach(Genotype parent, double probability, RandomStream random, IReadOnlySet<Genotype> excluded)
    {
        for (int i = 0; i < MostTries; i++)
        {
            if (Mutated(parent, probability, random) is var changed && !changed.Equals(parent) && IsNew(changed, excluded)) return changed;
        }

        return null;
    }

    /// <summary>Each decision from one parent or the other, evenly; null when none is found.</summary>
    public Genotype? Cross(Genotype one, Genotype other, RandomStream random, IReadOnlySet<Genotype> excluded)
    {
        for (int i = 0; i < MostTries; i++)
        {
            if (Crossed(one, other, random) is var child && IsNew(child, excluded)) return child;
        }

        return null;
    }

    /// <summary>Each active decision drawn anew with <paramref name="probability"/>; feasible or not, and possibly the parent.</summary>
    public Genotype Mutated(Genotype parent, double probability, RandomStream random)
    {
        int[] choices = [.. parent.Choices];
        for (int d = 0; d < choices.Length; d++)
        {
            if (_space.IsActive(d, parent.Choices.AsSpan()) && random.Chance(probability)) choices[d] = random.Below(_space.Decisions[d].OptionCount);
        }

        return Filled(parent, choices, random);
    }

    /// <summary>Each decision from one parent or the other, evenly, and from the one that has the layer where the other has not; feasible or not.</summary>
    public Genotype Crossed(Genotype one, Genotype other, RandomStream random)
    {
        int[] choices = new int[one.Choices.Length];
        for (int d = 0; d < choices.Length; d++)
        {
            bool isOfOne = random.Chance(0.5);
            if (!_space.IsActive(d, one.Choices.AsSpan())) isOfOne = false;
            else if (!_space.IsActive(d, other.Choices.AsSpan())) isOfOne = true;
            choices[d] = (isOfOne ? one : other).Choices[d];
        }

        return _space.Genotype(choices);
    }

    /// <summary>Any active decision with a choice changed; feasible or not. Null when there is no choice.</summary>
    public Genotype? AnyChange(Genotype parent, RandomStream random) => Changes(parent) is { Length: > 0 } changes
        ? Changed(parent, changes[random.Below(changes.Length)], random)
        : null;

    /// <summary>All feasible genotypes that differ in one active decision, in random order.</summary>
    public IEnumerable<Genotype> Neighbours(Genotype parent, RandomStream random)
    {
        var changes = Changes(parent);
        foreach (int i in random.Permutation(changes.Length))
        {
            var neighbour = Changed(parent, changes[i], random);
            if (problem.Feasible.Contains(problem.Costs.Of(neighbour))) yield return neighbour;
        }
    }

    private bool IsNew(Genotype genotype, IReadOnlySet<Genotype> excluded) =>
        !excluded.Contains(genotype) && problem.Feasible.Contains(problem.Costs.Of(genotype));

    private ImmutableArray<(int Decision, int Option)> Changes(Genotype parent) =>
    [
        .. Enumerable.Range(0, _space.Decisions.Length)
            .Where(d => _space.IsActive(d, parent.Choices.AsSpan()))
            .SelectMany(d => Enumerable.Range(0, _space.Decisions[d].OptionCount), (Decision, Option) => (Decision, Option))
            .Where(change => change.Option != parent.Choices[change.Decision]),
    ];

    private Genotype Changed(Genotype parent, (int Decision, int Option) change, RandomStream random)
    {
        int[] choices = [.. parent.Choices];
        choices[change.Decision] = change.Option;
        return Filled(parent, choices, random);
    }

    // Draws the decisions that are active now and were not.
    private Genotype Filled(Genotype parent, int[] choices, RandomStream random)
    {
        for (int d = 0; d < choices.Length; d++)
        {
            if (_space.IsActive(d, choices) && !_space.IsActive(d, parent.Choices.AsSpan())) choices[d] = random.Below(_space.Decisions[d].OptionCount);
        }

        return _space.Genotype(choices);
    }
}
