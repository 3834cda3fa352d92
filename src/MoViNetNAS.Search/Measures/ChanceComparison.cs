namespace MoViNetNAS.Search;

/// <summary>What a search found, held against architectures drawn at random and scored on the same clips.</summary>
/// <remarks>Source: Yu et al. (ICLR 2020, arXiv 1902.08142): a policy is worth what it finds beyond random draws. The p-value is the rank of
/// the found quality among the random ones, the found one counted among them: exact for a found architecture that was not itself picked
/// by these scores; the best of several re-scored ones was, and is flattered.</remarks>
/// <param name="Found">Quality of the found architecture, in [0, 1].</param>
/// <param name="Architectures">n, random architectures, at least 1.</param>
/// <param name="Mean">Their mean quality.</param>
/// <param name="StandardDeviation">Of the sample (n - 1); null of a single one.</param>
/// <param name="Best">Their best quality.</param>
/// <param name="AtLeastAsGood">How many of them score at least as well as the found one.</param>
public sealed record ChanceComparison(double Found, int Architectures, double Mean, double? StandardDeviation, double Best, int AtLeastAsGood)
{
    /// <summary>Above this p-value a search is not said to have beaten random draws.</summary>
    public const double Significance = 0.05;

    /// <summary>One-sided: the chance that a random architecture scores at least as well, (1 + <see cref="AtLeastAsGood"/>) / (n + 1).</summary>
    public double PValue => (1.0 + AtLeastAsGood) / (Architectures + 1);

    /// <summary>(found - mean) / standard deviation; null where that is 0 or unknown.</summary>
    public double? Z => StandardDeviation is > 0 ? (Found - Mean) / StandardDeviation : null;

    /// <summary>Whether the found architecture is better than chance, p at most <see cref="Significance"/>.</summary>
    public bool BeatsRandom => PValue <= Significance;

    /// <summary>Compares <paramref name="found"/> with <paramref name="random"/>; null when there is nothing to compare with.</summary>
    public static ChanceComparison? Of(double found, IReadOnlyCollection<double> random)
    {
        if (random.Count == 0) return null;
        var summary = SampleSummary.Of(random);
        return new ChanceComparison(
            found, random.Count, summary.Mean, random.Count < 2 ? null : summary.StandardDeviation, random.Max(), random.Count(quality => quality >= found));
    }

    /// <summary>The comparison as one line.</summary>
    public string InWords()
    {
        string z = Z is { } value ? FormattableString.Invariant($", z {value:F1}") : "";
        string line = FormattableString.Invariant(
            $"found {100 * Found:F1} %; {Architectures} random feasible: mean {100 * Mean:F1} %, best {100 * Best:F1} %; a random one scores at least as well with p = {PValue:F3}{z}");
        if (BeatsRandom) return line + ": better than random.";
        int least = (int)Math.Ceiling(1 / Significance) - 1;
        return Architectures < least
            ? FormattableString.Invariant($"{line}: NOT shown to be better than random; fewer than {least} random architectures (search.baselineArchitectures) cannot show it.")
            : FormattableString.Invariant($"{line}: the search did NOT beat random draws (p > {Significance}).");
    }
}
