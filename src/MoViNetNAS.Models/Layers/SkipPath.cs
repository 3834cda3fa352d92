using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>What is added to a layer's output where its shape changes: an average pool when the stride is 2, then a 1x1x1 convolution and norm.</summary>
internal sealed class SkipPath : nn.Module
{
    private const int Stride = 2;
    private readonly Pointwise project;
    private readonly Norm norm;

    public SkipPath(int inputWidth, int outputWidth, bool hasRunningAverages, RandomStream random) : base(nameof(SkipPath))
    {
        project = new Pointwise(inputWidth, outputWidth, random);
        norm = new Norm(outputWidth, hasRunningAverages);
        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, outputWidth, T, ceil(H/s), ceil(W/s)].</summary>
    public Tensor Apply(Tensor x, long outputWidth, int stride, NormMode mode) =>
        norm.Apply(project.Apply(stride == Stride ? AveragePool.Apply(x) : x, outputWidth), null, mode);
}
