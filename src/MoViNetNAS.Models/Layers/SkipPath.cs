using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>What is added to a layer's output where its shape changes: an average pool when the stride is 2, then a 1x1x1 convolution and norm.</summary>
internal sealed class SkipPath : nn.Module
{
    private const int Kernel = 3, Stride = 2;
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
        norm.Apply(project.Apply(stride == Stride ? Pool(x) : x, outputWidth), null, mode);

    /// <summary>1x3x3 average at stride 2 with TensorFlow's "same" padding, padded cells not counted in the divisor.</summary>
    internal static Tensor Pool(Tensor x)
    {
        // An even size is padded after only: without padding, ceil mode cuts the last window at the edge, which is the same.
        long Padding(long size) => size % 2 == 0 ? 0 : 1;
        if (LibtorchPath.Takes(x))
        {
            return nn.functional.avg_pool3d(
                x, [1, Kernel, Kernel], [1, Stride, Stride], [0, Padding(x.shape[3]), Padding(x.shape[4])], ceil_mode: true, count_include_pad: false);
        }

        var pooled = nn.functional.avg_pool2d(
            ClipViews.Frames(x), [Kernel, Kernel], [Stride, Stride], [Padding(x.shape[3]), Padding(x.shape[4])],
            ceil_mode: true, count_include_pad: false);
        return ClipViews.FromFrames(pooled, x.shape[0]);
    }
}
