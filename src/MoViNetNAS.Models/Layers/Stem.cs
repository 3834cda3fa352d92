using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The first layer: a 1x3x3 convolution of the RGB frames at spatial stride 2, norm, activation.</summary>
internal sealed class Stem : nn.Module
{
    private const int Kernel = 3;
    private readonly Parameter weight; // [width, 3, 3, 3]: output, colour, row, column
    private readonly Norm norm;

    public Stem(int width, bool hasRunningAverages, RandomStream random) : base(nameof(Stem))
    {
        weight = Initialization.HeNormal(random, InputShape.Channels * Kernel * Kernel, width, InputShape.Channels, Kernel, Kernel);
        norm = new Norm(width, hasRunningAverages);
        RegisterComponents();
    }

    /// <summary>[B, 3, T, S, S] to [B, width, T, ceil(S/2), ceil(S/2)].</summary>
    public Tensor Apply(Tensor clip, long width, ActivationType activation, NormMode mode) =>
        norm.Apply(StemConvolution.Apply(clip, weight.narrow(0, 0, width)), activation, mode);
}
