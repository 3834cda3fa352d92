using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What a search knows of its betas: architectures scored so far, and from the moment that the controller learns, the advice.</summary>
/// <param name="Samples">Of the second half of the wait, at most <see cref="MostSamples"/>, the oldest forgotten; none once there is advice.</param>
/// <param name="Advice">One for each cost term; empty before the controller learns, and where too few architectures were scored.</param>
public sealed record BetaState(ImmutableArray<SlopeSample> Samples, ImmutableArray<BetaAdvice> Advice)
{
    /// <summary>Most architectures kept: enough for any slope, little to save.</summary>
    public const int MostSamples = 2000;

    /// <summary>Nothing yet.</summary>
    public static BetaState Empty { get; } = new([], []);

    /// <summary>The state with a step's architectures.</summary>
    public BetaState Include(IEnumerable<SlopeSample> step)
    {
        var all = Samples.AddRange(step);
        return this with { Samples = all.Length > MostSamples ? all.RemoveRange(0, all.Length - MostSamples) : all };
    }
}
