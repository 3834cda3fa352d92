using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>relu6(z + 3) * 0.16667. Source: official MoViNet code since 2021; its largest value is 1.00002.</summary>
internal readonly struct HardSigmoidRelu6Function : IActivationFunction
{
    internal const float Slope = 0.16667f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct =>
            TMath.Multiply(Relu6Function.Apply<TMath, TVector>(TMath.Add(z, TMath.Broadcast(3f))), TMath.Broadcast(Slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct =>
            TMath.Multiply(Relu6Function.Derivative<TMath, TVector>(TMath.Add(z, TMath.Broadcast(3f))), TMath.Broadcast(Slope));
}
