using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Scale and shift by channel (a folded batch norm), then the activation, in one pass: for evaluation.</summary>
public static unsafe class ScaleShiftActivation
{
    private const int WorkPerElement = 8; // in multiply-adds, for the choice of threads

    /// <summary>activation(x * scale + shift), outside of any autograd graph.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="activation">Null for none.</param>
    /// <returns>[B, C, T, H, W], channels-last; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static Tensor Apply(Tensor x, Tensor scale, Tensor shift, ActivationType? activation)
    {
        Check(x, scale, shift);
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = ChannelsLast.Ensure(x);
        if (!RunsOwnKernels(x, scale, shift)) return Libtorch(input, scale, shift, activation).MoveToOuterDisposeScope();

        long[] shape = x.shape;
        Tensor y = ChannelsLast.Empty(shape[0], shape[1], shape[2], shape[3], shape[4]);
        Run(input, y, scale, shift, activation);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>x = activation(x * scale + shift), in place.</summary>
    /// <param name="x">[B, C, T, H, W], channels-last; overwritten. It must not be part of an autograd graph.</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="activation">Null for none.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit, or <paramref name="x"/> in another layout or with gradients.</exception>
    public static void ApplyInPlace(Tensor x, Tensor scale, Tensor shift, ActivationType? activation)
    {
        Check(x, scale, shift);
        if (x.requires_grad) throw new ArgumentException("x takes part in gradients and cannot be overwritten.", nameof(x));
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (!RunsOwnKernels(x, scale, shift))
        {
            x.copy_(Libtorch(x, scale, shift, activation));
            return;
        }

        if (!ChannelsLast.IsChannelsLast(x)) throw new ArgumentException("x is not stored channels-last.", nameof(x));
        Run(x, x, scale, shift, activation);
    }

    private static void Run(Tensor x, Tensor y, Tensor scale, Tensor shift, ActivationType? activation)
    {
        int channels = checked((int)x.shape[1]);
        long positions = x.numel() / channels;
        var blocks = new ChannelBlocks(channels, VectorWidth.For(channels));
        using ScratchMemory packedScale = DepthwiseWeights.PackChannels(ChannelVector.ToArray(scale), blocks);
        using ScratchMemory packedShift = DepthwiseWeights.PackChannels(ChannelVector.ToArray(shift), blocks);
        float* source = ChannelsLast.Pointer(x), target = ChannelsLast.Pointer(y);
        float* scales = packedScale.Pointer, shifts = packedShift.Pointer;
        IBatchNormPasses passes = IBatchNormPasses.For(blocks.Width, activation);
        var parts = new PositionParts(positions, channels);
        ThreadTeam.Run(parts.Count, x.numel() * WorkPerElement, part =>
        {
            (long first, long end) = parts[part];
            passes.ScaleShift(source, target, scales, shifts, first, end, blocks);
        });
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    private static Tensor Libtorch(Tensor x, Tensor scale, Tensor shift, ActivationType? activation)
    {
        Tensor z = x * scale.view(1, -1, 1, 1, 1) + shift.view(1, -1, 1, 1, 1);
        return activation.Apply(z);
    }

    private static bool RunsOwnKernels(Tensor x, Tensor scale, Tensor shift) =>
        x.numel() > 0 && !LibtorchPath.Takes(x) && !LibtorchPath.Takes(scale) && !LibtorchPath.Takes(shift);

    private static void Check(Tensor x, Tensor scale, Tensor shift)
    {
        if (x.dim() != 5) throw new ArgumentException($"x has shape [{string.Join(", ", x.shape)}], not [B, C, T, H, W].", nameof(x));
        ChannelVector.Check(scale, x.shape[1], nameof(scale));
        ChannelVector.Check(shift, x.shape[1], nameof(shift));
    }
}
