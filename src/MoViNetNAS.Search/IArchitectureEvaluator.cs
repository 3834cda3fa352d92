using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a search needs of a weight-sharing network; Training implements it, tests use a toy.</summary>
/// <remarks>Everything it does is a function of its weights and the step's number, so that a resumed search repeats it bit for bit.</remarks>
public interface IArchitectureEvaluator
{
    /// <summary>Clips of a step's held-out batch.</summary>
    int ScoreClips { get; }

    /// <summary>Clips of the whole held-out split.</summary>
    int HeldOutClips { get; }

    /// <summary>One weight step: each path on its own training batch, gradients averaged. Returns the mean training loss.</summary>
    double Train(int step, IReadOnlyList<SubnetPath> paths);

    /// <summary>As <see cref="Train"/>, but all paths on the same training batch, and only the first learns its labels: the others learn the
    /// probabilities that the first one gives, to which no gradient flows back.</summary>
    double TrainDistilled(int step, IReadOnlyList<SubnetPath> paths);

    /// <summary>Top-1 of each path on the same held-out batch of <paramref name="step"/>; the weights do not change.</summary>
    IReadOnlyList<double> Score(int step, IReadOnlyList<SubnetPath> paths);

    /// <summary>Top-1 of an architecture, with shared weights, on the whole held-out split.</summary>
    double ScoreHeldOut(Architecture architecture);
}
