namespace MoViNetNAS.Search;

/// <summary>How a search draws its architectures.</summary>
public enum SearchAlgorithm
{
    /// <summary>A learned policy (TuNAS).</summary>
    Tunas,

    /// <summary>Uniformly, with the same training and the same number of evaluations: the baseline to beat.</summary>
    Random,
}
