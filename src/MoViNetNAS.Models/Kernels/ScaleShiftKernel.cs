using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>y = f(x * scale + shift) over a [positions, C] matrix; y may be x.</summary>
internal static unsafe class ScaleShiftKernel<TMath, TVector, TActivation>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TActivation : struct, IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run(float* x, float* y, float* scale, float* shift, long first, long end, ChannelBlocks blocks)
    {
        int width = TMath.Width, last = blocks.Channels - width, lastSlot = (blocks.Count - 1) * width;
        for (long position = first; position < end; position++)
        {
            float* source = x + position * blocks.Channels;
            float* target = y + position * blocks.Channels;
            TVector lastInput = TMath.Load(source + last); // before the block that it overlaps is written in place
            for (int slot = 0; slot < lastSlot; slot += width)
            {
                TMath.Store(target + slot, Apply(TMath.Load(source + slot), scale + slot, shift + slot));
            }

            TMath.Store(target + last, Apply(lastInput, scale + lastSlot, shift + lastSlot));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Apply(TVector x, float* scale, float* shift) =>
        TActivation.Apply<TMath, TVector>(TMath.MultiplyAdd(x, TMath.Load(scale), TMath.Load(shift)));
}
