using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>min(max(z, 0), 6); the derivative at the two kinks is libtorch's (0).</summary>
internal readonly struct Relu6Function : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => TMath.Min(TMath.Max(z, TMath.Broadcast(0f)), TMath.Broadcast(6f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct =>
            TMath.SelectLess(TMath.Broadcast(0f), z, TMath.SelectLess(z, TMath.Broadcast(6f), TMath.Broadcast(1f), TMath.Broadcast(0f)), TMath.Broadcast(0f));
}
