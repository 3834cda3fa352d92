using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>max(z, 0); the derivative at 0 is libtorch's (0).</summary>
internal readonly struct ReluFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => TMath.Max(z, TMath.Broadcast(0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct =>
            TMath.SelectLess(TMath.Broadcast(0f), z, TMath.Broadcast(1f), TMath.Broadcast(0f));
}
