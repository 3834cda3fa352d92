using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The controller's learning rates, beside TuNAS's: base times steps of learning (published 97.4), their sum over the run (380.6), and
/// how much noisier a step's mean gradient is than with 32 candidates.</summary>
internal sealed record ControllerRateSummary(
    double Base, double AtEnd, int FromStep, int LearningSteps, double Budget, double PublishedBudget, double Sum, double PublishedSum, double RelativeNoise)
{
    public static ControllerRateSummary Of(ControllerLearningRate rate, int candidates) => new(
        rate.Base, rate.AtEnd, rate.Delay, rate.LearningSteps, rate.Budget, ControllerLearningRate.PublishedBudget, rate.Sum, ControllerLearningRate.PublishedSum,
        ControllerLearningRate.RelativeNoise(candidates));

    public string InWords() => FormattableString.Invariant(
        $"controller rate {Base:G4} from step {FromStep}, {AtEnd:G4} at the end; base x steps {Budget:G4} (TuNAS {PublishedBudget}), sum {Sum:G4} (TuNAS {PublishedSum}), at {RelativeNoise:G3} times the noise of TuNAS's 32 candidates");
}
