using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>No activation.</summary>
internal readonly struct IdentityFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => TMath.Broadcast(1f);
}
