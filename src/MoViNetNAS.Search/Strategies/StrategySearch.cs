using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Runs a strategy against an evaluator until its budget of epochs is spent.</summary>
public static class StrategySearch
{
    /// <summary>Searches; what was evaluated before an interruption is told, not evaluated again.</summary>
    /// <param name="strategy">A new one.</param>
    /// <param name="problem">What it solves.</param>
    /// <param name="evaluator">Answers it.</param>
    /// <param name="budget">Most epochs trained in all; an evaluation that would go beyond is not made.</param>
    /// <param name="recorded">Evaluations of the same search so far, in their order.</param>
    /// <param name="add">Gets each new evaluation.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <returns>All evaluations, recorded and new.</returns>
    /// <exception cref="InputException">What was recorded is not what this strategy asks.</exception>
    public static ImmutableArray<Observation> Run(
        ISearchStrategy strategy, StrategyProblem problem, IGenotypeEvaluator evaluator, long budget, IReadOnlyList<Observation>? recorded = null,
        Action<Observation>? add = null, CancellationToken cancellation = default)
    {
        var all = ImmutableArray.CreateBuilder<Observation>();
        var trained = new Dictionary<Genotype, int>();
        long spent = 0;
        while (strategy.Ask() is { IsEmpty: false } asked)
        {
            var answers = new List<Observation>();
            foreach (var proposal in asked)
            {
                cancellation.ThrowIfCancellationRequested();
                int behind = trained.GetValueOrDefault(proposal.Genotype), more = Math.Max(0, proposal.Epochs - behind);
                if (spent + more > budget) break;
                spent += more;
                trained[proposal.Genotype] = behind + more;
                answers.Add(Answer(proposal, all.Count, spent));
                all.Add(answers[^1]);
            }

            strategy.Tell(answers);
            if (answers.Count < asked.Length) break;
        }

        return all.ToImmutable();

        Observation Answer(Proposal proposal, int number, long spentEpochs)
        {
            if (number < recorded?.Count)
            {
                var known = recorded[number];
                return known.Genotype.Equals(proposal.Genotype) && known.Epochs == proposal.Epochs
                    ? known
                    : throw new InputException($"evaluation {number + 1} of the saved search is of {known.Genotype} at {known.Epochs} epochs, where this search asks for {proposal.Genotype} at {proposal.Epochs}: space, seed or settings have changed since.");
            }

            var answer = new Observation(
                number, proposal.Genotype, proposal.Epochs, evaluator.Score(proposal.Genotype, proposal.Epochs), problem.Costs.Of(proposal.Genotype), spentEpochs);
            add?.Invoke(answer);
            return answer;
        }
    }
}
