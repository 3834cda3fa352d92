using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Which architectures one update of the shared weights trains, where no policy chooses.</summary>
/// <remarks>A function of the seed and the step's number, so a resumed search trains the same.</remarks>
public interface IPathRule
{
    /// <summary>Architectures of an update, at least 1.</summary>
    int Paths { get; }

    /// <summary>Whether the first one learns the labels and the others what the first one answers, on the same clips.</summary>
    bool IsDistilled { get; }

    /// <summary>An option for each decision, for each architecture of update <paramref name="step"/>.</summary>
    ImmutableArray<int[]> Choices(int step);
}
