using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>What a bottleneck must be able to hold: the largest widths and all kernels it may be asked for.</summary>
internal sealed record BottleneckShape(
    int InputWidth, int Expansion, int OutputWidth, IReadOnlyList<KernelShape> Kernels, bool HasSqueezeExcite, bool HasProjectedSkip);
