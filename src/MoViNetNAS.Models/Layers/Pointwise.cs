using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A 1x1x1 convolution as a matrix product; narrower networks use the first rows and columns of its weight.</summary>
internal sealed class Pointwise : nn.Module
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>[outputWidth, inputWidth] weights, He normal.</summary>
    public Pointwise(int inputWidth, int outputWidth, RandomStream random, bool hasBias = false, double? deviation = null)
        : base(nameof(Pointwise))
    {
        weight = deviation is { } sigma
            ? Initialization.Normal(random, sigma, outputWidth, inputWidth)
            : Initialization.HeNormal(random, inputWidth, outputWidth, inputWidth);
        if (hasBias) bias = Initialization.Constant(0, outputWidth);
        RegisterComponents();
    }

    /// <summary>[..., C] to [..., <paramref name="outputWidth"/>], in the type of the rows.</summary>
    public Tensor Rows(Tensor rows, long outputWidth)
    {
        var slice = Slice(weight.narrow(0, 0, outputWidth), 1, rows.shape[^1]);
        return nn.functional.linear(rows, slice.For(rows), bias is null ? null : Slice(bias, 0, outputWidth).For(rows));
    }

    /// <summary>As <see cref="Rows"/>, where the input is <paramref name="parts"/> equal groups of channels, each of which narrows by itself.</summary>
    public Tensor GroupedRows(Tensor rows, long outputWidth, int parts)
    {
        long width = weight.shape[1] / parts, active = rows.shape[^1] / parts;
        var slice = weight.view(weight.shape[0], parts, width).narrow(0, 0, outputWidth).narrow(2, 0, active)
            .reshape(outputWidth, parts * active);
        return nn.functional.linear(rows, slice, bias is null ? null : Slice(bias, 0, outputWidth));
    }

    /// <summary>[B, C, T, H, W] to [B, <paramref name="outputWidth"/>, T, H, W].</summary>
    public Tensor Apply(Tensor x, long outputWidth) =>
        PointwiseConvolution.Apply(x, Slice(weight.narrow(0, 0, outputWidth), 1, x.shape[1]));

    private static Tensor Slice(Tensor x, int dimension, long length) =>
        x.shape[dimension] == length ? x.alias() : x.narrow(dimension, 0, length);
}
