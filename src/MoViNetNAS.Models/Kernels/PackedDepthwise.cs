using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The weights of a depthwise convolution and of the norm after it, in the order in which the kernel reads them.</summary>
/// <remarks>Immutable; may be used by many threads.</remarks>
internal sealed unsafe class PackedDepthwise : IDisposable
{
    private readonly ScratchMemory _weight;
    private readonly ScratchMemory _scale;
    private readonly ScratchMemory _shift;

    /// <summary>Packs f(convolution * scale + shift).</summary>
    /// <param name="weight">[C, 1, kt, ks, ks].</param>
    /// <param name="kernel">kt and ks.</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="activation">f.</param>
    internal PackedDepthwise(
        ReadOnlySpan<float> weight, KernelShape kernel, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ActivationType activation)
    {
        Kernel = kernel;
        var blocks = new ChannelBlocks(scale.Length, VectorWidth.For(scale.Length));
        fixed (float* source = weight) _weight = DepthwiseWeights.Pack(source, kernel.Volume, blocks);
        _scale = DepthwiseWeights.PackChannels(scale, blocks);
        _shift = DepthwiseWeights.PackChannels(shift, blocks);
        Channels = scale.Length;
        Bytes = sizeof(float) * (long)blocks.Padded * (kernel.Volume + 2);
        Run = DepthwiseKernels.Fused(blocks.Width, activation);
    }

    internal KernelShape Kernel { get; }

    internal int Channels { get; }

    internal long Bytes { get; }

    /// <summary>Computes one part of a plan.</summary>
    internal DepthwiseKernels.CorrelationBody Run { get; }

    /// <summary>The operands of the kernel for these weights.</summary>
    internal CorrelationOperands Operands(float* input, FrameSlots inputSlots, float* output, FrameSlots outputSlots) => new()
    {
        Input = input,
        InputSlots = inputSlots,
        Output = output,
        OutputSlots = outputSlots,
        Weight = _weight.Pointer,
        Scale = _scale.Pointer,
        Shift = _shift.Pointer,
    };

    public void Dispose()
    {
        _weight.Dispose();
        _scale.Dispose();
        _shift.Dispose();
    }
}
