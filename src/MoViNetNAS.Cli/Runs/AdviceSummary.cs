using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What was advised of a beta when the controller began to learn: the slope dQ/d(T/T0), where the reward lands, which betas hold the target.</summary>
internal sealed record AdviceSummary(
    double Slope, double StandardError, double QualityAtTarget, int Architectures, double LandingRatio, bool HoldsTarget, double RecommendedLeast,
    double RecommendedMost, string Words)
{
    public static AdviceSummary Of(BetaAdvice advice) => new(
        advice.Slope.Slope, advice.Slope.StandardError, advice.Slope.QualityAtTarget, advice.Slope.Samples, advice.LandingRatio, advice.HoldsTarget,
        advice.RecommendedLeast, advice.RecommendedMost, advice.InWords());
}
