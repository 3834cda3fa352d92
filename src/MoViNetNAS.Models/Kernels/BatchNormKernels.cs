using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Runs the batch-norm kernels on tensors.</summary>
internal static unsafe class BatchNormKernels
{
    private const int WorkPerElement = 8; // in multiply-adds, for the choice of threads

    /// <summary>Mean and biased variance by channel over all other axes of x [B, C, T, H, W], channels-last.</summary>
    internal static (double[] Mean, double[] Variance) Statistics(Tensor x)
    {
        (long positions, ChannelBlocks blocks, PositionParts parts) = Layout(x);
        float* source = ChannelsLast.Pointer(x);
        IBatchNormPasses passes = IBatchNormPasses.For(blocks.Width, null);
        double[] sums = Sum(parts, blocks, x.numel() * 2, (part, target) =>
        {
            (long first, long end) = parts[part];
            passes.Statistics(source, source, first, end, blocks, target);
        });
        var mean = new double[blocks.Channels];
        var variance = new double[blocks.Channels];
        for (int channel = 0; channel < blocks.Channels; channel++)
        {
            double offset = sums[channel] / positions;
            mean[channel] = source[channel] + offset;
            variance[channel] = Math.Max(sums[blocks.Channels + channel] / positions - offset * offset, 0);
        }

        GC.KeepAlive(x);
        return (mean, variance);
    }

    /// <summary>activation((x - mean) * scale + shift), channels-last like x.</summary>
    internal static Tensor Forward(Tensor x, float[] mean, float[] scale, float[] shift, ActivationType? activation)
    {
        long[] shape = x.shape;
        Tensor y = ChannelsLast.Empty(shape[0], shape[1], shape[2], shape[3], shape[4]);
        (_, ChannelBlocks blocks, PositionParts parts) = Layout(x);
        using ScratchMemory means = DepthwiseWeights.PackChannels(mean, blocks);
        using ScratchMemory scales = DepthwiseWeights.PackChannels(scale, blocks);
        using ScratchMemory shifts = DepthwiseWeights.PackChannels(shift, blocks);
        var norm = new NormParameters { Mean = means.Pointer, Scale = scales.Pointer, Shift = shifts.Pointer };
        float* source = ChannelsLast.Pointer(x), target = ChannelsLast.Pointer(y);
        IBatchNormPasses passes = IBatchNormPasses.For(blocks.Width, activation);
        ThreadTeam.Run(parts.Count, x.numel() * WorkPerElement, part =>
        {
            (long first, long end) = parts[part];
            passes.Normalise(source, target, norm, first, end, blocks);
        });
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return y;
    }

    /// <summary>The gradients to x (null when not needed), gamma and beta.</summary>
    internal static (Tensor? X, float[] Gamma, float[] Beta) Backward(
        Tensor x, Tensor dy, float[] mean, float[] inverseDeviation, float[] scale, float[] shift, ActivationType? activation, bool needsX)
    {
        (long positions, ChannelBlocks blocks, PositionParts parts) = Layout(x);
        using ScratchMemory means = DepthwiseWeights.PackChannels(mean, blocks);
        using ScratchMemory scales = DepthwiseWeights.PackChannels(scale, blocks);
        using ScratchMemory shifts = DepthwiseWeights.PackChannels(shift, blocks);
        var norm = new NormParameters { Mean = means.Pointer, Scale = scales.Pointer, Shift = shifts.Pointer };
        float* source = ChannelsLast.Pointer(x), gradient = ChannelsLast.Pointer(dy);
        IBatchNormPasses passes = IBatchNormPasses.For(blocks.Width, activation);
        double[] sums = Sum(parts, blocks, x.numel() * WorkPerElement, (part, target) =>
        {
            (long first, long end) = parts[part];
            passes.GradientSums(source, gradient, norm, first, end, blocks, target);
        });

        int channels = blocks.Channels;
        float[] gamma = new float[channels], beta = new float[channels], offset = new float[channels], slope = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double sum = sums[channel], product = sums[channels + channel], deviation = inverseDeviation[channel];
            beta[channel] = (float)sum;
            gamma[channel] = (float)(product * deviation);
            offset[channel] = (float)(scale[channel] * sum / positions);
            slope[channel] = (float)(scale[channel] * product * deviation * deviation / positions);
        }

        Tensor? dx = null;
        if (needsX)
        {
            long[] shape = x.shape;
            dx = ChannelsLast.Empty(shape[0], shape[1], shape[2], shape[3], shape[4]);
            using ScratchMemory offsets = DepthwiseWeights.PackChannels(offset, blocks);
            using ScratchMemory slopes = DepthwiseWeights.PackChannels(slope, blocks);
            float* target = ChannelsLast.Pointer(dx), offsetValues = offsets.Pointer, slopeValues = slopes.Pointer;
            ThreadTeam.Run(parts.Count, x.numel() * WorkPerElement, part =>
            {
                (long first, long end) = parts[part];
                passes.InputGradient(source, gradient, target, norm, offsetValues, slopeValues, first, end, blocks);
            });
            GC.KeepAlive(dx);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(dy);
        return (dx, gamma, beta);
    }

    private static (long Positions, ChannelBlocks Blocks, PositionParts Parts) Layout(Tensor x)
    {
        int channels = checked((int)x.shape[1]);
        long positions = x.numel() / channels;
        return (positions, new ChannelBlocks(channels, VectorWidth.For(channels)), new PositionParts(positions, channels));
    }

    /// <summary>Adds the two sums by channel that each part gives, in the order of the parts: [2, C].</summary>
    private static double[] Sum(PositionParts parts, ChannelBlocks blocks, long work, PartSums body)
    {
        int length = 2 * blocks.Padded;
        using var partial = new ScratchMemory(2L * length * parts.Count); // of doubles, twice as long as floats
        var sums = (double*)partial.Pointer;
        ThreadTeam.Run(parts.Count, work, part => body(part, sums + (long)part * length));
        var total = new double[2 * blocks.Channels];
        for (int part = 0; part < parts.Count; part++)
        {
            double* addend = sums + (long)part * length;
            for (int channel = 0; channel < blocks.Channels; channel++)
            {
                total[channel] += addend[blocks.SlotOf(channel)];
                total[blocks.Channels + channel] += addend[blocks.Padded + blocks.SlotOf(channel)];
            }
        }

        return total;
    }

    private delegate void PartSums(int part, double* sums);
}
