using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Finds the genotypes on target that a policy likes best.</summary>
/// <remarks>The argmax of every decision need not be on target (the joint mode is not the product of the marginal modes). So the policy
/// is sampled, the argmax is repaired by the decision changes that lose the least log-probability for the cost they mend, and what was
/// found is polished by single and pairwise changes that stay on target. Deterministic for a given stream. Ours; TuNAS takes the argmax
/// and checks nothing.</remarks>
public static class FeasibleSearch
{
    /// <summary>Samples taken of the policy.</summary>
    public const int DefaultDraws = 20_000;

    private const int PolishedStarts = 8;
    private const int MovesPerStart = 100_000; // half a second
    private const double Margin = 1e-12;

    /// <summary>The most probable genotype within <paramref name="feasible"/>; null when none is found.</summary>
    public static LikelyGenotype? MostProbable(Controller controller, CostTable costs, FeasibleSet feasible, RandomStream random) =>
        Likeliest(controller, costs, feasible, random, 1).FirstOrDefault();

    /// <summary>The argmax, moved into <paramref name="feasible"/> by the decision changes that lose the least probability; null when none lead there.</summary>
    /// <remarks>The most probable architecture of an undecided policy is a shallow one, because every further layer's decisions cost
    /// probability (a policy at 80 % of its entropy over 60 layers: 17 layers, where its samples have 32 and its argmax 38). Here
    /// layers that are switched off count with their favourite options, so depth costs nothing and an argmax on target is its own answer.</remarks>
    public static LikelyGenotype? Repaired(Controller controller, CostTable costs, FeasibleSet feasible)
    {
        int[] argmax = controller.ArgMaxChoices();
        var moves = new Moves(controller, costs, feasible, argmax, choices => controller.EncodingLogProbability(choices));
        if (moves.Repair(argmax) is not { } repaired) return null;
        var genotype = controller.Space.Genotype(moves.Improve(repaired));
        return new LikelyGenotype(genotype, controller.LogProbability(genotype.Choices.AsSpan()), costs.Of(genotype));
    }

    /// <summary><paramref name="choices"/> moved into <paramref name="feasible"/> by the decision changes that lose the least probability; null when none lead there.</summary>
    internal static int[]? Moved(Controller controller, CostTable costs, FeasibleSet feasible, int[] choices) =>
        new Moves(controller, costs, feasible, controller.ArgMaxChoices(), changed => controller.EncodingLogProbability(changed)).Repair(choices);

    /// <summary>Up to <paramref name="count"/> different genotypes within <paramref name="feasible"/>: the most probable first, then samples of
    /// the policy, the likeliest first, then, where those are too few, what is a change away from those.</summary>
    public static ImmutableArray<LikelyGenotype> Likeliest(
        Controller controller, CostTable costs, FeasibleSet feasible, RandomStream random, int count, int draws = DefaultDraws)
    {
        int[] argmax = controller.ArgMaxChoices(), choices = new int[argmax.Length];
        var samples = new Found(controller, costs);
        for (int i = 0; i < draws; i++)
        {
            controller.Sample(random, choices);
            if (feasible.Contains(costs.Of(choices))) samples.Add(choices);
        }

        var moves = new Moves(controller, costs, feasible, argmax, choices => controller.LogProbability(choices));
        var polished = new Found(controller, costs);
        if (moves.Repair(argmax) is { } repaired) polished.Add(moves.Improve(repaired));
        foreach (var start in samples.Ranked().Take(PolishedStarts)) polished.Add(moves.Improve([.. start.Genotype.Choices]));

        ImmutableArray<LikelyGenotype> found = [.. FirstOf(count, polished.Ranked().Take(1), samples.Ranked())];
        for (int before = -1; found.Length < count && found.Length > before;)
        {
            before = found.Length;
            var neighbours = new Found(controller, costs);
            foreach (var likely in found)
                foreach (int[] neighbour in moves.Neighbours([.. likely.Genotype.Choices])) neighbours.Add(neighbour);
            found = [.. FirstOf(count, found, neighbours.Ranked())];
        }

        return found;
    }

    private static IEnumerable<LikelyGenotype> FirstOf(int count, IEnumerable<LikelyGenotype> first, IEnumerable<LikelyGenotype> then) =>
        first.Concat(then).DistinctBy(likely => likely.Genotype).Take(count);

    /// <summary>How likely the policy holds an option for each decision.</summary>
    private delegate double Likelihood(ReadOnlySpan<int> choices);

    private sealed class Found(Controller controller, CostTable costs)
    {
        private readonly HashSet<Genotype> _seen = [];
        private readonly List<LikelyGenotype> _list = [];

        public void Add(ReadOnlySpan<int> choices)
        {
            var genotype = controller.Space.Genotype(choices);
            if (_seen.Add(genotype))
                _list.Add(new LikelyGenotype(genotype, controller.LogProbability(choices), costs.Of(genotype)));
        }

        public IEnumerable<LikelyGenotype> Ranked() => _list
            .OrderByDescending(likely => likely.LogProbability)
            .ThenBy(likely => likely.Genotype.ToString(), StringComparer.Ordinal);
    }

    /// <summary>Changes of one or two decisions. Decisions that are off stay at the policy's favourite, which is what they have when a deeper block switches them on.</summary>
    private sealed class Moves(Controller controller, CostTable costs, FeasibleSet feasible, int[] favourites, Likelihood likelihood)
    {
        private readonly SearchSpace _space = controller.Space;
        private int _tried;

        /// <summary>Moves <paramref name="start"/> into the set at the least loss of likelihood for each bit of violation; null when no change helps.</summary>
        public int[]? Repair(int[] start)
        {
            _tried = 0;
            int[] choices = [.. start];
            double violation = Violation(choices);
            while (violation > 0)
            {
                var best = Cheapest(Singles(choices), choices, violation) ?? Cheapest(Pairs(choices), choices, violation);
                if (best is null) return null;
                choices = best;
                violation = Violation(choices);
            }

            return choices;
        }

        /// <summary>The best that single and pairwise changes make of <paramref name="start"/> without leaving the set.</summary>
        public int[] Improve(int[] start)
        {
            _tried = 0;
            int[] choices = Settle(start);
            while (_tried < MovesPerStart && (BestSingle(choices) ?? BestPair(choices)) is { } better) choices = better;
            return choices;
        }

        /// <summary>What single changes make of <paramref name="start"/> without leaving the set.</summary>
        public IEnumerable<int[]> Neighbours(int[] start)
        {
            int[] choices = Settle(start);
            return Singles(choices).Select(move => Apply(choices, move)).Where(changed => Violation(changed) <= 0);
        }

        private int[]? Cheapest(IEnumerable<Move[]> moves, int[] choices, double violation)
        {
            double before = likelihood(choices), lowest = double.PositiveInfinity;
            int[]? best = null;
            foreach (var move in moves)
            {
                int[] changed = Apply(choices, move);
                double mended = violation - Violation(changed);
                if (mended <= 0) continue;
                double price = (before - likelihood(changed)) / mended;
                if (price < lowest) (lowest, best) = (price, changed);
            }

            return best;
        }

        private int[]? BestSingle(int[] choices)
        {
            double highest = likelihood(choices) + Margin;
            int[]? best = null;
            foreach (var move in Singles(choices))
            {
                int[] changed = Apply(choices, move);
                double likely = likelihood(changed);
                if (likely > highest && Violation(changed) <= 0) (highest, best) = (likely, changed);
            }

            return best;
        }

        // One of a pair that gains must gain by itself, so only those are paired with the rest.
        private int[]? BestPair(int[] choices)
        {
            double before = likelihood(choices), highest = before + Margin;
            var gains = Singles(choices).Select(move => (Move: move[0], Gain: likelihood(Apply(choices, move)) - before)).ToArray();
            int[]? best = null;
            foreach (var (first, gain) in gains.Where(pair => pair.Gain > 0))
            {
                foreach (var (second, other) in gains)
                {
                    if (second.Decision == first.Decision || before + gain + other <= highest || _tried >= MovesPerStart) continue;
                    int[] changed = Apply(choices, [first, second]);
                    double likely = likelihood(changed);
                    if (likely > highest && Violation(changed) <= 0) (highest, best) = (likely, changed);
                }
            }

            return best;
        }

        private IEnumerable<Move[]> Singles(int[] choices)
        {
            for (int d = 0; d < choices.Length; d++)
            {
                if (!_space.IsActive(d, choices)) continue;
                for (int option = 0; option < _space.Decisions[d].OptionCount; option++)
                    if (option != choices[d]) yield return [new Move(d, option)];
            }
        }

        private IEnumerable<Move[]> Pairs(int[] choices)
        {
            Move[] singles = [.. Singles(choices).Select(move => move[0])];
            return singles.SelectMany(_ => singles, (first, second) => new[] { first, second })
                .Where(pair => pair[0].Decision < pair[1].Decision)
                .TakeWhile(_ => _tried < MovesPerStart);
        }

        private int[] Apply(int[] choices, Move[] moves)
        {
            _tried++;
            int[] changed = [.. choices];
            foreach (var (decision, option) in moves) changed[decision] = option;
            return changed;
        }

        private int[] Settle(int[] choices) =>
            [.. choices.Select((choice, d) => _space.IsActive(d, choices) ? choice : favourites[d])];

        private double Violation(int[] choices) => feasible.Violation(costs.Of(choices));
    }

    private readonly record struct Move(int Decision, int Option);
}
