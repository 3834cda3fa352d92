using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>One categorical choice of a search space.</summary>
/// <param name="Path">"block2/layer1/kernel". Blocks are counted as in the paper: block2 is the first after the stem.</param>
/// <param name="Tag">What it is about.</param>
/// <param name="Labels">The options as a person reads them: "5x3x3", "24", "2.5", "on".</param>
/// <param name="Values">The options as numbers: channels, layers, an index into <see cref="KernelShape.All"/>, 0 and 1, frames or pixels.</param>
/// <param name="DepthDecision">Index of the depth decision that can switch this one off, or -1.</param>
/// <param name="LayerIndex">Layer of the block, from 0: the decision is active when the chosen depth is larger; -1 without a depth decision.</param>
public sealed record Decision(
    string Path, DecisionTag Tag, ImmutableArray<string> Labels, ImmutableArray<int> Values, int DepthDecision, int LayerIndex)
{
    /// <summary>Number of options, at least 1.</summary>
    public int OptionCount => Values.Length;

    /// <summary>Kernel and squeeze-excite decisions: op warm-up averages their branches.</summary>
    public bool IsOp => Tag is DecisionTag.Kernel or DecisionTag.SqueezeExcite;

    /// <summary>Index of the option with the largest value: the widest, or the deepest.</summary>
    public int LargestOption => Values.IndexOf(Values.Max());
}
