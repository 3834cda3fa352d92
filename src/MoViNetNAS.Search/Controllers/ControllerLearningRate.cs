namespace MoViNetNAS.Search;

/// <summary>The controller's learning rate: 0 for the first <paramref name="Delay"/> steps, then growing exponentially by <paramref name="Growth"/> to the end.</summary>
/// <remarks>lr(s) = base growth^((s - delay) / (S - delay)). Source: google-research/tunas 0c1bbe5 (base 0.0048, growth 10).</remarks>
/// <param name="Base">Rate at step <paramref name="Delay"/>.</param>
/// <param name="Growth">Rate at the end over rate at the start of learning; 1 keeps it constant.</param>
/// <param name="Delay">Steps without learning.</param>
/// <param name="Steps">S, steps of the whole search.</param>
public sealed record ControllerLearningRate(double Base, double Growth, int Delay, int Steps)
{
    /// <summary>TuNAS's base rate times its learning steps, 0.0048 x 20,288: shorter searches learn faster in proportion.</summary>
    public const double PublishedBudget = 97.4;

    /// <summary>The sum of TuNAS's rates over its 27,050 steps: how far a logit whose gradients all agree can travel.</summary>
    public const double PublishedSum = 380.6;

    /// <summary>Candidates that TuNAS averages in a step, one on each core.</summary>
    public const int PublishedCandidates = 32;

    /// <summary>Steps of learning.</summary>
    public int LearningSteps => Steps - Delay;

    /// <summary>Rate of the last step.</summary>
    public double AtEnd => At(Steps - 1);

    /// <summary>Base rate times steps of learning, to be held against <see cref="PublishedBudget"/>.</summary>
    public double Budget => Base * LearningSteps;

    /// <summary>Sum of the rates over the run, to be held against <see cref="PublishedSum"/>.</summary>
    public double Sum => Enumerable.Range(Delay, LearningSteps).Sum(At);

    /// <summary>How many times noisier a step's mean gradient is than with <see cref="PublishedCandidates"/>: root(32 / K).</summary>
    /// <param name="candidates">K, at least 1.</param>
    public static double RelativeNoise(int candidates) => Math.Sqrt((double)PublishedCandidates / candidates);

    /// <summary>The rate at <paramref name="step"/>, from 0.</summary>
    public double At(int step) => step < Delay ? 0 : Base * Math.Pow(Growth, (double)(step - Delay) / (Steps - Delay));

    /// <summary>The base rate for <paramref name="learningSteps"/> steps of learning: a third of <see cref="PublishedBudget"/> spread over them.</summary>
    /// <remarks>The third is a margin for few candidates a step (4, where TuNAS averages 32): a starting point, not a published value.</remarks>
    public static double Auto(int learningSteps) => PublishedBudget / Math.Max(1, learningSteps) / 3;
}
