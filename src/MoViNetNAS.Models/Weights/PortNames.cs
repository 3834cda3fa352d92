using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>The names and shapes that the PyTorch port (Atze00/MoViNet-pytorch, v3 weights) gives to a network's weights.</summary>
/// <remarks>Source: state dicts of the port. Our extensions, where the port has no such network: layers without squeeze-excite lack
/// its keys, the two parts of split kernels have conv3d keys and five axes in <see cref="PortLayout.Conv3d"/> (as the official
/// 3d_2plus1d networks), and the scalar of a positional encoding is <c>blocks.b{i}_l{j}.se.position_scale</c>.</remarks>
public static class PortNames
{
    internal const string CounterSuffix = ".num_batches_tracked";
    internal const string PositionSuffix = ".se.position_scale";
    internal const string ClassifierPrefix = "classifier.3.conv_1.";

    /// <summary>The layout in which the port keeps networks of <paramref name="variant"/>: Conv2d for 2plus1d.</summary>
    public static PortLayout UsualLayout(NetworkVariant variant) =>
        variant.Convolution == ConvolutionType.Split2plus1d ? PortLayout.Conv2d : PortLayout.Conv3d;

    /// <summary>Every entry of a state dict of the port, in its order.</summary>
    /// <exception cref="ArgumentException">Kernels over space and time are asked for in four axes.</exception>
    public static IReadOnlyList<PortTensor> Of(Architecture architecture, NetworkVariant variant, int classes, PortLayout layout)
    {
        bool isSplit = variant.IsSplit;
        if (layout == PortLayout.Conv2d && !isSplit)
            throw new ArgumentException($"The '{variant.Name}' variant has kernels over space and time: {PortLayout.Conv3d} is its only layout.", nameof(layout));
        var list = new PortTensorList(layout);
        list.Convolution("conv1.conv_1", "network.stem.weight", architecture.StemWidth, InputShape.Channels, 1, 3, 3);
        list.Norm("conv1.conv_1", "network.stem.norm", architecture.StemWidth);
        foreach (var site in architecture.Sites())
        {
            string ours = $"network.layers.{site.Ordinal - 1}", port = $"blocks.b{site.Block}_l{site.Layer}";
            int width = site.Spec.Expansion;
            var kernel = site.Spec.Kernel;
            list.Scalar($"{port}.alpha", $"{ours}.residualScale");
            list.Pointwise($"{port}.expand.conv_1", $"{ours}.expand", width, site.InputWidth);
            list.Norm($"{port}.expand.conv_1", $"{ours}.expandNorm", width);
            list.Convolution($"{port}.deep.conv_1", $"{ours}.branches.0.weight", width, 1, isSplit ? 1 : kernel.Temporal, kernel.Spatial, kernel.Spatial);
            list.Norm($"{port}.deep.conv_1", $"{ours}.branches.0.norm", width);
            if (isSplit && kernel.Temporal > 1)
            {
                list.Temporal($"{port}.deep.conv_2", $"{ours}.branches.0.temporalWeight", width, kernel.Temporal);
                list.Norm($"{port}.deep.conv_2", $"{ours}.branches.0.temporalNorm", width);
            }

            if (variant.HasSqueezeExcite(site.Spec))
            {
                int hidden = variant.SqueezeExciteHidden(width);
                if (variant.HasPositionalEncoding) list.Scalar($"{port}{PositionSuffix}", $"{ours}.squeezeExcite.positionScale");
                list.Dense($"{port}.se.fc1.conv_1", $"{ours}.squeezeExcite.reduce", hidden, variant.SqueezeExciteInput(width));
                list.Dense($"{port}.se.fc2.conv_1", $"{ours}.squeezeExcite.expand", width, hidden);
            }

            list.Pointwise($"{port}.project.conv_1", $"{ours}.project", site.OutputWidth, width);
            list.Norm($"{port}.project.conv_1", $"{ours}.projectNorm", site.OutputWidth);
            if (!site.HasProjectedSkip) continue;
            string skip = site.Stride > 1 ? $"{port}.res.1.conv_1" : $"{port}.res.0.conv_1"; // a pool is before it where the stride is 2
            list.Pointwise(skip, $"{ours}.skip.project", site.OutputWidth, site.InputWidth);
            list.Norm(skip, $"{ours}.skip.norm", site.OutputWidth);
        }

        list.Pointwise("conv7.conv_1", "network.head.project", architecture.HeadWidth, architecture.Blocks[^1].Width);
        list.Norm("conv7.conv_1", "network.head.norm", architecture.HeadWidth);
        list.Dense("classifier.0.conv_1", "network.head.dense", architecture.DenseWidth, architecture.HeadWidth);
        list.Dense(ClassifierPrefix.TrimEnd('.'), "network.head.classifier", classes, architecture.DenseWidth);
        return list.Tensors;
    }
}
