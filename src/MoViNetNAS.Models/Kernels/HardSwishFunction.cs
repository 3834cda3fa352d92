using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>z * relu6(z + 3) / 6; the derivative at the two kinks is libtorch's (of the middle piece).</summary>
internal readonly struct HardSwishFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        TVector gate = TMath.MultiplyAdd(z, TMath.Broadcast(1f / 6), TMath.Broadcast(0.5f));
        gate = TMath.Min(TMath.Max(gate, TMath.Broadcast(0f)), TMath.Broadcast(1f));
        return TMath.Multiply(z, gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        TVector middle = TMath.MultiplyAdd(z, TMath.Broadcast(1f / 3), TMath.Broadcast(0.5f));
        middle = TMath.SelectLess(z, TMath.Broadcast(-3f), TMath.Broadcast(0f), middle);
        return TMath.SelectLess(TMath.Broadcast(3f), z, TMath.Broadcast(1f), middle);
    }
}
