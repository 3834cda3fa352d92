using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>How far scores with shared weights tell which architectures are good by themselves.</summary>
/// <remarks>Architectures come from the target's window: over a wide range of cost, cost alone predicts accuracy, and tau flatters.
/// Source: Yu et al. 2020, Evaluating the search phase of neural architecture search; Kendall 1945 for tau-b.</remarks>
/// <param name="Architectures">Compared.</param>
/// <param name="Seeds">Stand-alone trainings of each.</param>
/// <param name="Tau">Tau-b of shared-weight score and mean stand-alone accuracy; null when one side has one value only.</param>
/// <param name="Sigma">Standard deviation of tau for that many architectures without any association: differences below twice this say nothing.</param>
/// <param name="Ceiling">Tau-b of the accuracies of two stand-alone seeds, the mean over all pairs: what training noise leaves of a perfect score; null with one seed.</param>
/// <param name="MacsTau">Tau-b of multiply-adds and stand-alone accuracy: what needs no search.</param>
/// <param name="ParametersTau">Tau-b of trainable parameters and stand-alone accuracy.</param>
/// <param name="Rho">Spearman's correlation of shared-weight score and stand-alone accuracy.</param>
/// <param name="Top">k of the next two: a fifth of the architectures, at least one.</param>
/// <param name="TopOverlap">Share of the score's first k that are among the truly first k; by chance k / architectures.</param>
/// <param name="BestRankOfTop">The best true rank among the score's first k, from 1.</param>
/// <param name="Regret">What picking the highest score loses against the best of them, in [0, 1].</param>
public sealed record TrustReport(
    int Architectures, int Seeds, double? Tau, double Sigma, double? Ceiling, double? MacsTau, double? ParametersTau, double? Rho, int Top,
    double TopOverlap, int BestRankOfTop, double Regret)
{
    /// <summary>Fewest architectures that have an order to compare.</summary>
    public const int Fewest = 3;

    /// <summary>Compares.</summary>
    /// <exception cref="InputException">There are fewer than <see cref="Fewest"/>.</exception>
    /// <exception cref="ArgumentException">They have different numbers of seeds.</exception>
    public static TrustReport Of(IReadOnlyList<TrustedArchitecture> compared)
    {
        if (compared.Count < Fewest) throw new InputException($"a trust report compares {Fewest} architectures or more, not {compared.Count}.");
        int seeds = compared[0].Alone.Length;
        if (compared.Any(one => one.Alone.Length != seeds)) throw new ArgumentException("architectures have different numbers of stand-alone trainings.", nameof(compared));
        double[] shared = [.. compared.Select(one => one.Shared)], alone = [.. compared.Select(one => one.MeanAlone)];
        double[] Seed(int seed) => [.. compared.Select(one => one.Alone[seed])];
        var pairs = Enumerable.Range(0, seeds).SelectMany(a => Enumerable.Range(a + 1, seeds - a - 1).Select(b => (a, b)));
        int top = Math.Max(1, compared.Count / 5);
        return new TrustReport(
            compared.Count, seeds, RankCorrelation.KendallTauB(shared, alone), RankCorrelation.SigmaWithoutAssociation(compared.Count),
            pairs.Select(pair => RankCorrelation.KendallTauB(Seed(pair.a), Seed(pair.b))).Average(),
            RankCorrelation.KendallTauB([.. compared.Select(one => (double)one.Cost.Macs)], alone),
            RankCorrelation.KendallTauB([.. compared.Select(one => (double)one.Cost.TrainableParameters)], alone),
            RankCorrelation.Spearman(shared, alone), top, PickQuality.TopOverlap(shared, alone, top), PickQuality.BestRankOfTop(shared, alone, top),
            PickQuality.Regret(shared, alone));
    }
}
