using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MoViNetNAS.Search;

/// <summary>Where a cost term will take the search, and the beta that would hold it to the target; measured before the controller learns.</summary>
/// <remarks>The slope is that of the weights before the learning, which is lower than at the end where the task is hard; and of the term by
/// itself, so with several correlated costs each slope holds what all of them bring: a safe side, as it asks for larger betas.</remarks>
/// <param name="Term">The term, its target as a number; beta as it was asked for, null for "auto".</param>
/// <param name="Slope">What quality gains with this cost.</param>
/// <param name="LeastRatio">Cost over target of the cheapest architecture.</param>
/// <param name="MostRatio">Cost over target of the dearest.</param>
public sealed record BetaAdvice(CostTerm Term, QualitySlope Slope, double LeastRatio, double MostRatio)
{
    // The absolute reward holds the target from |beta| = slope on; much more traps a search at a worse architecture on target.
    private const double LeastMargin = 1.5, MostMargin = 2;

    // Landing this near counts as holding the target.
    private const double Near = 0.05;

    /// <summary>The beta that the search uses from now on.</summary>
    [JsonIgnore]
    public double Beta => Term.Beta ?? Recommended;

    /// <summary>The recommended beta nearest 0; for a soft reward, which one value alone brings to the target, that one.</summary>
    [JsonIgnore]
    public double RecommendedLeast => -Weight(LeastMargin);

    /// <summary>The recommended beta farthest from 0; for a soft reward equal to <see cref="RecommendedLeast"/>.</summary>
    [JsonIgnore]
    public double RecommendedMost => -Weight(MostMargin);

    /// <summary>The beta that "auto" takes: the middle of the recommended ones. Where no slope is to be seen beyond two standard errors,
    /// not less than <see cref="SearchSettings.PublishedBeta"/>.</summary>
    [JsonIgnore]
    public double Recommended
    {
        get
        {
            double middle = Weight((LeastMargin + MostMargin) / 2);
            return -(Slope.IsClear ? middle : Math.Max(middle, -SearchSettings.PublishedBeta));
        }
    }

    /// <summary>Cost over target where the reward with <see cref="Beta"/> has its peak.</summary>
    [JsonIgnore]
    public double LandingRatio => RewardLanding.Ratio(Term.Reward, Beta, Slope, LeastRatio, MostRatio);

    /// <summary>Whether that is the target, within 5 %.</summary>
    [JsonIgnore]
    public bool HoldsTarget => Math.Abs(LandingRatio - 1) <= Near;

    /// <summary>The advice for each of the search's terms; null when the architectures scored so far are too few or too alike.</summary>
    /// <param name="settings">Resolved settings.</param>
    /// <param name="samples">Architectures scored before the learning.</param>
    /// <param name="ranges">Cost over target of the cheapest and of the dearest architecture, for each term.</param>
    public static ImmutableArray<BetaAdvice>? Of(
        SearchSettings settings, IReadOnlyList<SlopeSample> samples, IReadOnlyList<(double Least, double Most)> ranges)
    {
        var advice = ImmutableArray.CreateBuilder<BetaAdvice>();
        var terms = settings.Terms;
        for (int i = 0; i < terms.Length; i++)
        {
            if (QualitySlope.Fit(samples, i) is not { } slope) return null;
            advice.Add(new BetaAdvice(terms[i], slope, ranges[i].Least, ranges[i].Most));
        }

        return advice.ToImmutable();
    }

    /// <summary>The advice as a sentence or two.</summary>
    public string InWords()
    {
        string name = CostObjectives.NameOf(Term.Objective), form = SearchSettings.NameOf(Term.Reward);
        string measured = FormattableString.Invariant(
            $"{name}: around the target quality rises by {100 * Slope.PerDoubling:F1} points a doubling of the cost (slope {Slope.Slope:F4}, s.e. {Slope.StandardError:F4}, {Slope.Samples} architectures)");
        string unclear = Slope.IsClear ? "" : ", which is not told apart from none";
        string advised = Math.Abs(RecommendedLeast - RecommendedMost) < 1e-12
            ? FormattableString.Invariant($"{RecommendedLeast:G3}")
            : FormattableString.Invariant($"{RecommendedLeast:G3} to {RecommendedMost:G3}");
        string lands = FormattableString.Invariant($"{LandingRatio:F3} of the target");
        if (Term.Beta is null) return FormattableString.Invariant($"{measured}{unclear}. beta auto is {Beta:G3} from here on; the {form} reward then lands at {lands}.");
        return HoldsTarget
            ? FormattableString.Invariant($"{measured}{unclear}. beta {Beta:G3} with the {form} reward lands at {lands}.")
            : FormattableString.Invariant($"{measured}{unclear}. WARNING: beta {Beta:G3} with the {form} reward will miss: it lands at {lands}; {advised} would hold it.");
    }

    // A soft reward lands on the target with one beta alone: more overshoots to the cheap side.
    private double Weight(double margin)
    {
        double least = RewardLanding.LeastWeight(Term.Reward, Slope);
        return Math.Max(1e-9, Term.Reward == RewardType.Soft ? least : margin * least);
    }
}
