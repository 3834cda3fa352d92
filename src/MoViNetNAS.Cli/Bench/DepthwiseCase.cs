using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A depthwise convolution.</summary>
internal sealed record DepthwiseCase : KernelCase
{
    private readonly KernelShape _kernel;
    private readonly int _channels, _frames, _size, _stride;
    private readonly bool _isCausal, _hasBuffer;

    /// <param name="kernel">Frames x rows x columns.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="frames">Frames of the clip.</param>
    /// <param name="size">Rows and columns of the input.</param>
    /// <param name="stride">Of space.</param>
    /// <param name="isCausal">Padding of time all in front, as in the networks of searches.</param>
    /// <param name="hasBuffer">The frames before come from a stream buffer.</param>
    public DepthwiseCase(KernelShape kernel, int channels, int frames, int size, int stride = 1, bool isCausal = false, bool hasBuffer = false)
        : base("depthwise", Describe(kernel, channels, frames, size, stride, isCausal, hasBuffer), CountMacs(kernel, channels, frames, size, stride))
    {
        (_kernel, _channels, _frames, _size, _stride) = (kernel, channels, frames, size, stride);
        (_isCausal, _hasBuffer) = (isCausal || hasBuffer, hasBuffer);
    }

    /// <inheritdoc/>
    protected override KernelSide Side(ClipLayout layout, ScalarType type, bool isOurs)
    {
        using var scope = NewDisposeScope();
        int output = OutputSize(_size, _stride);
        var x = Input("x", layout, type, 1, _channels, _frames, _size, _size);
        // The layout of kernels is each side's own; ours keeps the default one.
        var weight = Input("weight", isOurs ? ClipLayout.Default : layout, type, _channels, 1, _kernel.Temporal, _kernel.Spatial, _kernel.Spatial);
        var buffer = _hasBuffer ? Input("buffer", layout, type, 1, _channels, _kernel.Temporal - 1, _size, _size) : null;
        return new KernelSide(
            [x, weight], Input("gradient", layout, type, 1, _channels, _frames, output, output),
            isOurs
                ? inputs => DepthwiseConvolution.Apply(inputs[0], inputs[1], _stride, _isCausal, buffer)
                : inputs => Convolve(inputs[0], inputs[1], buffer),
            buffer);
    }

    // Padding is the operator's own where it is equal on both sides, which is fastest; else it is written out first.
    private Tensor Convolve(Tensor x, Tensor weight, Tensor? buffer)
    {
        int total = Math.Max((OutputSize(_size, _stride) - 1) * _stride + _kernel.Spatial - _size, 0), before = total / 2;
        int frames = buffer is null ? _kernel.Temporal - 1 : 0;
        bool isEvenSpace = total % 2 == 0, isEvenTime = frames == 0 || !_isCausal;
        if (buffer is not null) x = cat([buffer, x], 2);
        if (!isEvenSpace || !isEvenTime)
        {
            var space = isEvenSpace ? (0L, 0L) : (before, total - before);
            var time = isEvenTime ? (0L, 0L) : (frames, 0L);
            x = nn.functional.pad(x, [space.Item1, space.Item2, space.Item1, space.Item2, time.Item1, time.Item2]);
        }

        long ownSpace = isEvenSpace ? before : 0, ownTime = isEvenTime ? frames / 2 : 0;
        return nn.functional.conv3d(x, weight, strides: [1, _stride, _stride], padding: [ownTime, ownSpace, ownSpace], groups: _channels);
    }

    private static int OutputSize(int size, int stride) => (size + stride - 1) / stride;

    private static long CountMacs(KernelShape kernel, int channels, int frames, int size, int stride) =>
        (long)kernel.Volume * channels * frames * OutputSize(size, stride) * OutputSize(size, stride);

    private static string Describe(KernelShape kernel, int channels, int frames, int size, int stride, bool isCausal, bool hasBuffer) =>
        $"{kernel}, C {channels}, T {frames}, {size}x{size}{(stride > 1 ? $", stride {stride}" : "")}{(hasBuffer ? ", stream buffer" : isCausal ? ", causal" : "")}";
}
