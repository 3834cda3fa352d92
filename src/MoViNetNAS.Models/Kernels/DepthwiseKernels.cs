using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Runs the depthwise kernels on tensors: picks the vector width and shares the parts among threads.</summary>
internal static unsafe class DepthwiseKernels
{
    // Partial sums of the weight gradient: a fixed number, so that the order of additions never depends on the threads.
    private const int WeightGradientParts = 16;

    /// <summary>The convolution, with <paramref name="scale"/>, <paramref name="shift"/> and an activation when given.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="x">[B, C, T, H, W], channels-last.</param>
    /// <param name="weight">[C, 1, kt, ks, ks], contiguous.</param>
    /// <param name="buffer">[B, C, kt - 1, H, W], channels-last, or null.</param>
    /// <param name="scale">[C], or empty for the plain convolution.</param>
    /// <param name="shift">[C].</param>
    /// <param name="activation">Applied after scale and shift.</param>
    internal static Tensor Forward(
        DepthwiseGeometry geometry, Tensor x, Tensor weight, Tensor? buffer,
        ReadOnlySpan<float> scale = default, ReadOnlySpan<float> shift = default, Spaces.ActivationType? activation = null)
    {
        Tensor y = ChannelsLast.Empty(geometry.Batch, geometry.Channels, geometry.Frames, geometry.OutHeight, geometry.OutWidth);
        DepthwiseGeometry g = geometry.Flattened();
        var blocks = new ChannelBlocks(g.Channels, VectorWidth.For(g.Channels));
        using ScratchMemory packed = DepthwiseWeights.Pack(ChannelsLast.Pointer(weight), g.Taps, blocks);
        using ScratchMemory? packedScale = scale.IsEmpty ? null : DepthwiseWeights.PackChannels(scale, blocks);
        using ScratchMemory? packedShift = scale.IsEmpty ? null : DepthwiseWeights.PackChannels(shift, blocks);
        var operands = new CorrelationOperands
        {
            Input = ChannelsLast.Pointer(x),
            Buffer = buffer is null ? null : ChannelsLast.Pointer(buffer),
            Weight = packed.Pointer,
            Output = ChannelsLast.Pointer(y),
            Scale = packedScale is null ? null : packedScale.Pointer,
            Shift = packedShift is null ? null : packedShift.Pointer,
        };
        CorrelationPlan plan = CorrelationPlan.Forward(g);
        CorrelationBody body = scale.IsEmpty ? Body<NoEpilogue>(blocks.Width, g.KernelSize) : Fused(blocks.Width, g.KernelSize, activation);
        ThreadTeam.Run(plan.Parts, g.MultiplyAdds, part => body(plan, operands, part));
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(buffer);
        GC.KeepAlive(y);
        return y;
    }

    /// <summary>Both gradients in one parallel region; null for one that is not needed.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="x">[B, C, T, H, W], channels-last.</param>
    /// <param name="weight">[C, 1, kt, ks, ks], contiguous.</param>
    /// <param name="buffer">[B, C, kt - 1, H, W], channels-last, or null.</param>
    /// <param name="dy">[B, C, T, H', W'], channels-last.</param>
    /// <param name="needsX">Whether the gradient to x is wanted.</param>
    /// <param name="needsWeight">Whether the gradient to the weight is wanted.</param>
    internal static (Tensor? X, Tensor? Weight) Backward(
        DepthwiseGeometry geometry, Tensor x, Tensor weight, Tensor? buffer, Tensor dy, bool needsX, bool needsWeight)
    {
        Tensor? dx = needsX
            ? ChannelsLast.Empty(geometry.Batch, geometry.Channels, geometry.Frames, geometry.Height, geometry.Width)
            : null;
        Tensor? dw = needsWeight ? empty(weight.shape, dtype: ScalarType.Float32) : null;
        DepthwiseGeometry g = geometry.Flattened();
        var blocks = new ChannelBlocks(g.Channels, VectorWidth.For(g.Channels));
        using ScratchMemory packed = DepthwiseWeights.Pack(ChannelsLast.Pointer(weight), g.Taps, blocks);

        CorrelationPlan inputPlan = CorrelationPlan.InputGradient(g);
        CorrelationBody inputBody = Body<NoEpilogue>(blocks.Width, LargestPhase(inputPlan));
        var inputOperands = new CorrelationOperands
        {
            Input = ChannelsLast.Pointer(dy),
            Weight = packed.Pointer,
            Output = dx is null ? null : ChannelsLast.Pointer(dx),
        };
        CorrelationPlan forwardPlan = CorrelationPlan.Forward(g);
        WeightGradientBody weightBody = WeightGradient(blocks.Width, g);
        using var zeros = new ScratchMemory((long)g.Width * g.Channels, isZeroed: true);
        var weightOperands = new CorrelationOperands
        {
            Input = ChannelsLast.Pointer(x),
            Buffer = buffer is null ? null : ChannelsLast.Pointer(buffer),
            Zeros = zeros.Pointer,
            Output = ChannelsLast.Pointer(dy),
        };
        int sums = (int)Math.Clamp(g.MultiplyAdds / ThreadTeam.InlineWork, 1, Math.Min(WeightGradientParts, forwardPlan.Parts));
        long sumLength = (g.Taps + 1L) * blocks.Padded;
        using var partial = new ScratchMemory(needsWeight ? sums * sumLength : 0, isZeroed: true);
        float* partialSums = partial.Pointer;

        // A part takes some rows through both gradients, one after the other, while dy is in the cache.
        ThreadTeam.Run(sums, g.MultiplyAdds * ((needsX ? 1 : 0) + (needsWeight ? 1 : 0)), part =>
        {
            var outputs = new PartRange(forwardPlan.Parts, sums, part);
            var inputs = new PartRange(inputPlan.Parts, sums, part);
            for (int i = outputs.First; needsWeight && i < outputs.End; i++)
            {
                weightBody(forwardPlan, weightOperands, i, i + 1, partialSums + part * sumLength);
                if (needsX && outputs.Count == inputs.Count) inputBody(inputPlan, inputOperands, i - outputs.First + inputs.First);
            }

            for (int i = inputs.First; needsX && (!needsWeight || outputs.Count != inputs.Count) && i < inputs.End; i++)
                inputBody(inputPlan, inputOperands, i);
        });
        if (dw is not null) DepthwiseWeights.Unpack(partial.Pointer, sums, sumLength, g.Taps, blocks, ChannelsLast.Pointer(dw));
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(buffer);
        GC.KeepAlive(dy);
        GC.KeepAlive(dx);
        GC.KeepAlive(dw);
        return (dx, dw);
    }

    /// <summary>The kernel that scales, shifts and activates its outputs.</summary>
    /// <param name="width">Floats of a vector.</param>
    /// <param name="kernelSize">ks; the results do not depend on it, the speed does.</param>
    /// <param name="activation">Null for none.</param>
    internal static CorrelationBody Fused(int width, int kernelSize, Spaces.ActivationType? activation) => activation switch
    {
        Spaces.ActivationType.Swish => Body<SwishFunction>(width, kernelSize),
        Spaces.ActivationType.HardSwish => Body<HardSwishFunction>(width, kernelSize),
        Spaces.ActivationType.Relu => Body<ReluFunction>(width, kernelSize),
        Spaces.ActivationType.Relu6 => Body<Relu6Function>(width, kernelSize),
        _ => Body<IdentityFunction>(width, kernelSize),
    };

    private static int LargestPhase(CorrelationPlan plan) => plan.Phases.Max(phase => phase.Taps.Length);

    // By the kernel columns that an output reads. Seven are two lines of four.
    private static CorrelationBody Body<TActivation>(int width, int columns)
        where TActivation : struct, IActivationFunction => columns switch
        {
            1 => Correlation<TActivation>(width),
            2 or 3 => RowCorrelation<TActivation, Three>(width),
            5 => RowCorrelation<TActivation, Five>(width),
            _ => RowCorrelation<TActivation, Four>(width),
        };

    private static CorrelationBody RowCorrelation<TActivation, TKernel>(int width)
        where TActivation : struct, IActivationFunction
        where TKernel : struct, ICount => width switch
        {
            16 => RowCorrelationKernel<Vector512Math, Vector512<float>, TActivation, TKernel>.Run,
            8 => RowCorrelationKernel<Vector256Math, Vector256<float>, TActivation, TKernel>.Run,
            4 => RowCorrelationKernel<Vector128Math, Vector128<float>, TActivation, TKernel>.Run,
            _ => RowCorrelationKernel<ScalarMath, float, TActivation, TKernel>.Run,
        };

    private static CorrelationBody Correlation<TActivation>(int width)
        where TActivation : struct, IActivationFunction => width switch
        {
            16 => CorrelationKernel<Vector512Math, Vector512<float>, TActivation>.Run,
            8 => CorrelationKernel<Vector256Math, Vector256<float>, TActivation>.Run,
            4 => CorrelationKernel<Vector128Math, Vector128<float>, TActivation>.Run,
            _ => CorrelationKernel<ScalarMath, float, TActivation>.Run,
        };

    private static WeightGradientBody WeightGradient(int width, DepthwiseGeometry g) => (g.Stride <= 2 ? g.KernelSize : 0) switch
    {
        3 => RowWeightGradient<Three>(width),
        5 => RowWeightGradient<Five>(width),
        7 => RowWeightGradient<Seven>(width),
        _ => width switch
        {
            16 => WeightGradientKernel<Vector512Math, Vector512<float>>.Run,
            8 => WeightGradientKernel<Vector256Math, Vector256<float>>.Run,
            4 => WeightGradientKernel<Vector128Math, Vector128<float>>.Run,
            _ => WeightGradientKernel<ScalarMath, float>.Run,
        },
    };

    private static WeightGradientBody RowWeightGradient<TKernel>(int width)
        where TKernel : struct, ICount => width switch
        {
            16 => RowWeightGradientKernel<Vector512Math, Vector512<float>, TKernel>.Run,
            8 => RowWeightGradientKernel<Vector256Math, Vector256<float>, TKernel>.Run,
            4 => RowWeightGradientKernel<Vector128Math, Vector128<float>, TKernel>.Run,
            _ => RowWeightGradientKernel<ScalarMath, float, TKernel>.Run,
        };

    /// <summary>The share of part <paramref name="part"/> of <paramref name="parts"/> in <paramref name="items"/>.</summary>
    private readonly struct PartRange(int items, int parts, int part)
    {
        internal int First => (int)((long)items * part / parts);

        internal int End => (int)((long)items * (part + 1) / parts);

        internal int Count => End - First;
    }

    internal delegate void CorrelationBody(CorrelationPlan plan, in CorrelationOperands operands, int part);

    private delegate void WeightGradientBody(CorrelationPlan plan, in CorrelationOperands operands, int first, int end, float* gradient);
}
