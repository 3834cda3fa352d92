using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>1 / (1 + exp(-z)).</summary>
internal readonly struct SigmoidFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => TMath.Divide(TMath.Broadcast(1f), SwishFunction.OnePlusExponential<TMath, TVector>(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        TVector sigmoid = Apply<TMath, TVector>(z);
        return TMath.Multiply(sigmoid, TMath.Subtract(TMath.Broadcast(1f), sigmoid));
    }
}
