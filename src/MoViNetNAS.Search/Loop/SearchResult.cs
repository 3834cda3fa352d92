using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What a search found. Qualities are measured with shared weights on the whole held-out split.</summary>
/// <param name="Window">The costs that counted as on target. Below, "on target" means within all of <see cref="Feasible"/>.</param>
/// <param name="MostProbable">The likeliest option of every decision, TuNAS's result; it may be infeasible. Null for random search.</param>
/// <param name="MostProbableFeasible">The likeliest genotype on target; null when none was found, and for random search.</param>
/// <param name="Repaired">The argmax moved on target by the likeliest changes, the argmax itself where that is on target; null when
/// that fails, and for random search. Less drawn to shallow networks than <paramref name="MostProbableFeasible"/>: see <see cref="FeasibleSearch.Repaired"/>.</param>
/// <param name="Best">The best of <paramref name="Rescored"/> that is on target; null when none is.</param>
/// <param name="Rescored">The top candidates, best quality first; <c>Step</c> is the rank and <c>Candidate</c> the order scored
/// (argmax, most probable feasible, repaired, then samples of the policy by probability; random search: the order drawn).</param>
/// <param name="Baseline">Uniformly drawn architectures on target, in the order drawn; fewer than asked for where the window is thin.</param>
/// <param name="InitialMeanEntropy">Of the untrained policy, in nats, over the decisions with more than one option.</param>
/// <param name="FinalMeanEntropy">Of the final policy, likewise.</param>
/// <param name="FinalMeanNormalizedEntropy">Of the final policy, each decision's divided by its ln n (the initial one is 1).</param>
/// <param name="LogitsFingerprint">SHA-256 of the bits of all final logits.</param>
/// <param name="Trials">Fingerprint of all trials: of the steps, then <paramref name="Rescored"/>, then <paramref name="Baseline"/>.</param>
/// <param name="Controller">The final policy's state.</param>
public sealed record SearchResult(
    CostWindow Window, Trial? MostProbable, Trial? MostProbableFeasible, Trial? Repaired, Trial? Best,
    ImmutableArray<Trial> Rescored, ImmutableArray<Trial> Baseline, double InitialMeanEntropy, double FinalMeanEntropy, double FinalMeanNormalizedEntropy,
    string LogitsFingerprint, TrialChain Trials, ControllerState Controller)
{
    /// <summary>For a search that trains first and chooses then, what was chosen for each target, in the order of the targets; empty for others.</summary>
    public ImmutableArray<TargetResult> Targets { get; init; } = [];

    /// <summary>All that counted as feasible: <see cref="Window"/>, further targets and limits.</summary>
    public FeasibleSet Feasible { get; init; } = Window;

    /// <summary>What was advised of the betas when the controller began to learn, one for each cost term; empty where nothing was.</summary>
    public ImmutableArray<BetaAdvice> Advice { get; init; } = [];

    /// <summary>The betas that the rewards ended with, one for each cost term; empty with rejection, where betas have no say.</summary>
    public ImmutableArray<double> Betas { get; init; } = [];

    /// <summary>The result: <see cref="MostProbableFeasible"/>, for random search <see cref="Best"/>; null when nothing feasible was found.</summary>
    public Trial? Found => MostProbableFeasible ?? (MostProbable is null ? Best : null);

    /// <summary><see cref="Found"/> held against <see cref="Baseline"/>; null without the one or the other.</summary>
    public ChanceComparison? Chance => Found is null ? null : ChanceComparison.Of(Found.Quality, [.. Baseline.Select(trial => trial.Quality)]);

    /// <summary>Decisions that the final policy has not made; none for random search, which has no policy.</summary>
    public ImmutableArray<UndecidedDecision> Undecided { get; init; } = [];

    /// <summary>What each decision of <see cref="Found"/> would cost otherwise; none for random search.</summary>
    public ImmutableArray<OptionCost> Alternatives { get; init; } = [];

    /// <summary>Mean quality of <see cref="Baseline"/>; null when there is none.</summary>
    public double? BaselineMean => Baseline.IsEmpty ? null : Baseline.Average(trial => trial.Quality);

    /// <summary>Sample standard deviation (n - 1) of the quality of <see cref="Baseline"/>; null below two trials.</summary>
    public double? BaselineStd => Baseline.Length < 2
        ? null
        : Math.Sqrt(Baseline.Sum(trial => Math.Pow(trial.Quality - BaselineMean!.Value, 2)) / (Baseline.Length - 1));

    /// <summary>The best of <see cref="Baseline"/>, the first of equals; null when there is none.</summary>
    public Trial? BaselineBest => Baseline.MaxBy(trial => trial.Quality);
}
