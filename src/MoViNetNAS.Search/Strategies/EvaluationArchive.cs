using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a strategy has been told.</summary>
/// <param name="problem">What it solves.</param>
internal sealed class EvaluationArchive(StrategyProblem problem)
{
    private readonly List<Evaluation> _all = [];
    private readonly HashSet<Genotype> _seen = [];

    /// <summary>Every evaluation, in the order told.</summary>
    public IReadOnlyList<Evaluation> All => _all;

    /// <summary>Every genotype told of.</summary>
    public IReadOnlySet<Genotype> Seen => _seen;

    /// <summary>The best feasible one of those trained longest, the first of equals; null before there is one.</summary>
    public Evaluation? Best { get; private set; }

    /// <summary>Takes in what was told.</summary>
    public void Add(IReadOnlyList<Evaluation> evaluations)
    {
        foreach (var evaluation in evaluations)
        {
            _all.Add(evaluation);
            _seen.Add(evaluation.Genotype);
            if (problem.Feasible.Contains(evaluation.Cost) && IsBetter(evaluation)) Best = evaluation;
        }
    }

    private bool IsBetter(Evaluation evaluation) =>
        Best is null || evaluation.Epochs > Best.Epochs || (evaluation.Epochs == Best.Epochs && evaluation.Quality > Best.Quality);
}
