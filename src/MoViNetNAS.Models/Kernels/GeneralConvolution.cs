using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Any convolution over space and time: "same" padding in space, given padding in time.</summary>
/// <remarks>float32 on the CPU gathers what a kernel's cells see, cell beside cell on the channel axis, and mixes all of it in one pointwise
/// product (depthwise: adds up cell after cell), because libtorch's float32 convolutions are wrong there (docs/decisions/0003); large products
/// are libtorch's <c>linear</c>, which is right. The gathered copy is as many times the input as the kernel has cells. Anything else, or everything when
/// <see cref="LibtorchPath"/> is on, runs on libtorch.</remarks>
internal static class GeneralConvolution
{
    // Our product is made for the small matrices of MoViNets; with those of a ResNet3D-50 its weight gradient takes ten times libtorch's.
    private const long LargestOwnMatrix = 1 << 16;

    private const int StemKernel = 3, StemStride = 2, Colours = 3;

    /// <summary>Convolves clips.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <param name="weight">[N, C, kt, ks, ks], or [C, 1, kt, ks, ks] when depthwise.</param>
    /// <param name="shape">Strides and dilation.</param>
    /// <param name="frames">Frames of zeros before and after; with them there is at least one window.</param>
    /// <param name="isPlanar">Whether libtorch runs it as 2-D convolutions, where the kernel is flat in space or in time.</param>
    /// <returns>[B, N, T', ceil(H / stride), ceil(W / stride)], channels-last from the own path; the caller disposes it.</returns>
    public static Tensor Apply(Tensor x, Tensor weight, ConvolutionShape shape, SamePadding frames, bool isPlanar)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor y = LibtorchPath.Takes(x) || LibtorchPath.Takes(weight)
            ? RoundedConvolution.Apply(x, weight, (input, kernel) => ByLibtorch(input, kernel, shape, frames, isPlanar))
            : IsStem(x, shape) ? StemConvolution.Apply(x, weight.squeeze(2)) : Own(x, weight, shape, frames);
        return y.MoveToOuterDisposeScope();
    }

    // What StemConvolution is made for; gradients to the clip are not its business.
    private static bool IsStem(Tensor x, ConvolutionShape shape) =>
        shape is { InputWidth: Colours, IsDepthwise: false, Stride: StemStride, TemporalStride: 1, Kernel: { Temporal: 1, Spatial: StemKernel } }
        && x.shape[3] == x.shape[4] && !(x.requires_grad && is_grad_enabled());

    private static Tensor Own(Tensor x, Tensor weight, ConvolutionShape shape, SamePadding frames)
    {
        Tensor[] cells = Cells(ChannelsLast.Ensure(x).permute(0, 2, 3, 4, 1), shape, frames);
        if (!shape.IsDepthwise)
        {
            Tensor gathered = cells.Length == 1 ? cells[0] : cat(cells, 4);
            Tensor matrix = weight.permute(0, 2, 3, 4, 1).reshape(weight.shape[0], gathered.shape[4]);
            return matrix.numel() <= LargestOwnMatrix
                ? PointwiseConvolution.Apply(gathered.permute(0, 4, 1, 2, 3), matrix)
                : nn.functional.linear(gathered, matrix).permute(0, 4, 1, 2, 3);
        }

        Tensor[] factors = weight.reshape(weight.shape[0], cells.Length).unbind(1);
        Tensor sum = cells[0] * factors[0];
        for (int i = 1; i < cells.Length; i++) sum = addcmul(sum, cells[i], factors[i], value: Scalars.Of(1));
        return ChannelsLast.Ensure(sum.permute(0, 4, 1, 2, 3));
    }

    // For each cell of the kernel, frame by frame and row by row, what it sees at every output: [B, T', h, w, C].
    private static Tensor[] Cells(Tensor x, ConvolutionShape shape, SamePadding frames)
    {
        int size = shape.Kernel.Spatial;
        var (rows, columns) = (SamePadding.Of((int)x.shape[2], size, shape.Stride), SamePadding.Of((int)x.shape[3], size, shape.Stride));
        long height = Outputs(x.shape[2], shape.Stride), width = Outputs(x.shape[3], shape.Stride);
        Tensor padded = nn.functional.pad(x, [0, 0, columns.Before, columns.After, rows.Before, rows.After, frames.Before, frames.After]);
        long outputs = (padded.shape[1] - shape.Reach - 1) / shape.TemporalStride + 1;
        var cells = new List<Tensor>(shape.Kernel.Volume);
        for (int frame = 0; frame < shape.Kernel.Temporal; frame++)
        {
            Tensor ofFrame = Every(padded, 1, frame * shape.Dilation, shape.TemporalStride, outputs);
            for (int row = 0; row < size; row++)
            {
                Tensor ofRow = Every(ofFrame, 2, row, shape.Stride, height);
                for (int column = 0; column < size; column++) cells.Add(Every(ofRow, 3, column, shape.Stride, width));
            }
        }

        return [.. cells];
    }

    private static Tensor Every(Tensor x, long dimension, long first, long step, long count) =>
        x.slice(dimension, first, first + (count - 1) * step + 1, step);

    private static long Outputs(long size, int stride) => (size + stride - 1) / stride;

    private static Tensor ByLibtorch(Tensor x, Tensor weight, ConvolutionShape shape, SamePadding frames, bool isPlanar)
    {
        bool isWrongInFloat = x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32;
        var (input, kernel) = isWrongInFloat ? (x.@double(), weight.@double()) : (x, weight);
        int size = shape.Kernel.Spatial;
        var (rows, columns) = (SamePadding.Of((int)x.shape[3], size, shape.Stride), SamePadding.Of((int)x.shape[4], size, shape.Stride));
        Tensor padded = nn.functional.pad(input, [columns.Before, columns.After, rows.Before, rows.After, frames.Before, frames.After]).contiguous();
        Tensor y = isPlanar && shape is { Kernel.Temporal: 1, TemporalStride: 1 } ? FrameByFrame(padded, kernel, shape)
            : isPlanar && shape is { Kernel.Spatial: 1, Stride: 1 } ? OverTime(padded, kernel, shape)
            : nn.functional.conv3d(
                padded, kernel, strides: [shape.TemporalStride, shape.Stride, shape.Stride], dilation: [shape.Dilation, 1, 1], groups: Groups(shape));
        return isWrongInFloat ? y.@float() : y;
    }

    // A 2-D convolution of [B * T, C, H, W].
    private static Tensor FrameByFrame(Tensor x, Tensor weight, ConvolutionShape shape)
    {
        Tensor frames = x.transpose(1, 2).flatten(0, 1);
        Tensor y = nn.functional.conv2d(frames, weight.squeeze(2), strides: [shape.Stride, shape.Stride], groups: Groups(shape));
        return y.view(x.shape[0], x.shape[2], y.shape[1], y.shape[2], y.shape[3]).transpose(1, 2);
    }

    // A 2-D convolution of kt x 1 over [B, C, T, H * W].
    private static Tensor OverTime(Tensor x, Tensor weight, ConvolutionShape shape)
    {
        Tensor y = nn.functional.conv2d(
            x.flatten(3), weight.squeeze(4), strides: [shape.TemporalStride, 1], dilation: [shape.Dilation, 1], groups: Groups(shape));
        return y.view(y.shape[0], y.shape[1], y.shape[2], x.shape[3], x.shape[4]);
    }

    private static long Groups(ConvolutionShape shape) => shape.IsDepthwise ? shape.InputWidth : 1;
}
