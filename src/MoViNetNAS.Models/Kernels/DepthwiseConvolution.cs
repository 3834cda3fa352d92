using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Depthwise 3-D convolution with "same" padding in space, and causal or centred padding in time.</summary>
/// <remarks>
/// <para>float32 on the CPU runs on own kernels in channels-last order; anything else, or everything when
/// <see cref="LibtorchPath"/> is on, runs on libtorch. The own kernels give the same bits for any number of threads.</para>
/// <para>Space is padded as by TensorFlow's "same": an output has ceil(size / stride) positions, and the smaller half of
/// the padding is in front. Source: MoViNets (arXiv 2103.11511), section 3.2 for causal convolution and stream buffers.</para>
/// </remarks>
public static class DepthwiseConvolution
{
    /// <summary>Convolves every channel with its own kernel.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <param name="weight">[C, 1, kt, ks, ks], kt and ks odd.</param>
    /// <param name="stride">Of space, at least 1; the stride of time is 1.</param>
    /// <param name="isCausal">Whether frame t sees frames up to t only; otherwise (kt - 1) / 2 frames on both sides.</param>
    /// <param name="streamBuffer">[B, C, kt - 1, H, W]: the frames before the first, instead of zeros. Needs
    /// <paramref name="isCausal"/>. No gradient flows into it.</param>
    /// <returns>[B, C, T, ceil(H / stride), ceil(W / stride)], channels-last from the own kernels; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Shapes that do not fit, or a buffer without <paramref name="isCausal"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stride"/> is below 1.</exception>
    public static Tensor Apply(Tensor x, Tensor weight, int stride, bool isCausal, Tensor? streamBuffer = null)
    {
        Check(x, weight, stride, isCausal, streamBuffer);
        if (!RunsOwnKernels(x, weight)) return ApplyLibtorch(x, weight, stride, isCausal, streamBuffer);

        DepthwiseGeometry geometry = DepthwiseGeometry.Of(x.shape, weight.shape, stride, isCausal);
        // TorchSharp's function leaves handles in the scope (its own of the result, an empty tensor of the same size):
        // they end here and not with the step.
        using DisposeScope scope = NewDisposeScope();
        Tensor input = ChannelsLast.IsChannelsLast(x) ? x : ChannelsLast.Ensure(x);
        Tensor kernel = weight.is_contiguous() ? weight : weight.contiguous();
        Tensor? buffer = UsableBuffer(streamBuffer, geometry);
        bool needsX = x.requires_grad, needsWeight = weight.requires_grad;
        Tensor y = is_grad_enabled() && (needsX || needsWeight)
            ? DepthwiseFunction.apply(input, kernel, new DepthwiseFunction.Call(geometry, needsX, needsWeight, buffer))
            : DepthwiseKernels.Forward(geometry, input, kernel, buffer);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>Convolution, scale and shift by channel (a folded batch norm) and activation in one pass, for evaluation.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <param name="weight">[C, 1, kt, ks, ks], kt and ks odd.</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="activation">Null for none.</param>
    /// <param name="stride">Of space, at least 1.</param>
    /// <param name="isCausal">Whether frame t sees frames up to t only.</param>
    /// <param name="streamBuffer">[B, C, kt - 1, H, W]: the frames before the first, instead of zeros.</param>
    /// <returns>activation(convolution * scale + shift), [B, C, T, ceil(H / stride), ceil(W / stride)], channels-last from the own
    /// kernels, outside of any autograd graph; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Shapes that do not fit, or a buffer without <paramref name="isCausal"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stride"/> is below 1.</exception>
    public static Tensor ApplyFused(
        Tensor x, Tensor weight, Tensor scale, Tensor shift, ActivationType? activation, int stride, bool isCausal,
        Tensor? streamBuffer = null)
    {
        Check(x, weight, stride, isCausal, streamBuffer);
        ChannelVector.Check(scale, x.shape[1], nameof(scale));
        ChannelVector.Check(shift, x.shape[1], nameof(shift));
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (!RunsOwnKernels(x, weight))
        {
            Tensor convolved = ApplyLibtorch(x, weight, stride, isCausal, streamBuffer);
            return ScaleShiftActivation.Apply(convolved, scale, shift, activation).MoveToOuterDisposeScope();
        }

        DepthwiseGeometry geometry = DepthwiseGeometry.Of(x.shape, weight.shape, stride, isCausal);
        Tensor kernel = weight.is_contiguous() ? weight : weight.contiguous();
        return DepthwiseKernels.Forward(
            geometry, ChannelsLast.Ensure(x), kernel, UsableBuffer(streamBuffer, geometry),
            ChannelVector.ToArray(scale), ChannelVector.ToArray(shift), activation).MoveToOuterDisposeScope();
    }

    private static bool RunsOwnKernels(Tensor x, Tensor weight) =>
        x.numel() > 0 && !LibtorchPath.Takes(x) && !LibtorchPath.Takes(weight);

    private static Tensor? UsableBuffer(Tensor? streamBuffer, DepthwiseGeometry geometry)
    {
        if (streamBuffer is null || geometry.KernelFrames == 1) return null;
        using Tensor constant = streamBuffer.detach();
        return ChannelsLast.Ensure(constant);
    }

    private static Tensor ApplyLibtorch(Tensor x, Tensor weight, int stride, bool isCausal, Tensor? streamBuffer)
    {
        using DisposeScope scope = NewDisposeScope();
        DepthwiseGeometry g = DepthwiseGeometry.Of(x.shape, weight.shape, stride, isCausal);
        if (streamBuffer is not null && g.KernelFrames > 1) x = cat([streamBuffer.detach(), x], 2);
        int framesBefore = streamBuffer is null ? g.FramesBefore : 0;
        int framesAfter = isCausal ? 0 : g.KernelFrames - 1 - g.FramesBefore;
        Tensor padded = nn.functional.pad(
            x,
            [
                g.ColumnsBefore, g.PaddingTotal(g.Width) - g.ColumnsBefore,
                g.RowsBefore, g.PaddingTotal(g.Height) - g.RowsBefore,
                framesBefore, framesAfter,
            ]);
        // Double precision would be right too: libtorch goes channel by channel there, some ten times slower.
        Tensor y = RoundedConvolution.Apply(
            padded, weight, (input, kernel) => Convolve(input, kernel, stride, g.Channels), ScalarType.Float32);
        return y.MoveToOuterDisposeScope();
    }

    private static Tensor Convolve(Tensor padded, Tensor weight, int stride, int channels)
    {
        long[] strides = [1, stride, stride];
        if (padded.device_type != DeviceType.CPU) return nn.functional.conv3d(padded, weight, strides: strides, groups: channels);

        // On the CPU, libtorch 2.10 gives float32 to oneDNN when the input is channels-last or has a single channel, and the
        // input gradient is then wrong (seen on AVX-512 and AVX2). The default layout and double precision take other paths.
        Tensor plain = padded.contiguous();
        if (channels > 1 || plain.dtype != ScalarType.Float32) return nn.functional.conv3d(plain, weight, strides: strides, groups: channels);
        return nn.functional.conv3d(plain.@double(), weight.@double(), strides: strides, groups: channels).@float();
    }

    private static void Check(Tensor x, Tensor weight, int stride, bool isCausal, Tensor? streamBuffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        long[] shape = x.shape, kernel = weight.shape;
        if (shape.Length != 5) throw new ArgumentException($"x has shape [{string.Join(", ", shape)}], not [B, C, T, H, W].", nameof(x));
        if (kernel.Length != 5 || kernel[0] != shape[1] || kernel[1] != 1 || kernel[3] != kernel[4]
            || kernel[2] % 2 == 0 || kernel[3] % 2 == 0)
        {
            throw new ArgumentException(
                $"weight has shape [{string.Join(", ", kernel)}], not [{shape[1]}, 1, kt, ks, ks] with odd kt and ks.", nameof(weight));
        }

        if (streamBuffer is null) return;
        if (!isCausal) throw new ArgumentException("A stream buffer needs a causal convolution.", nameof(streamBuffer));
        long[] expected = [shape[0], shape[1], kernel[2] - 1, shape[3], shape[4]];
        if (!streamBuffer.shape.AsSpan().SequenceEqual(expected) || streamBuffer.dtype != x.dtype)
        {
            throw new ArgumentException(
                $"streamBuffer has shape [{string.Join(", ", streamBuffer.shape)}] and type {streamBuffer.dtype}, "
                + $"not [{string.Join(", ", expected)}] and {x.dtype}.",
                nameof(streamBuffer));
        }
    }
}
