namespace MoViNetNAS.Search;

/// <summary>How a search draws its architectures. The last three train first and choose then: see <see cref="TwoStageSearch"/>.</summary>
public enum SearchAlgorithm
{
    /// <summary>A learned policy (TuNAS).</summary>
    Tunas,

    /// <summary>Uniformly, with the same training and the same number of evaluations: the baseline to beat.</summary>
    Random,

    /// <summary>Single-path one-shot: <see cref="UniformPaths"/>, then evolution.</summary>
    Spos,

    /// <summary>FairNAS: <see cref="StrictlyFairPaths"/>, then evolution.</summary>
    FairNas,

    /// <summary>BigNAS: <see cref="SandwichPaths"/> with in-place distillation, then evolution.</summary>
    Sandwich,
}
