using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>0.2 z + 0.5, kept in [0, 1]. Source: TensorFlow's hard_sigmoid, the gate of the stream models.</summary>
internal readonly struct HardSigmoidFunction : IActivationFunction
{
    internal const float Slope = 0.2f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        TVector line = TMath.MultiplyAdd(z, TMath.Broadcast(Slope), TMath.Broadcast(0.5f));
        return TMath.Min(TMath.Max(line, TMath.Broadcast(0f)), TMath.Broadcast(1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        TVector inner = TMath.SelectLess(TMath.Broadcast(2.5f), z, TMath.Broadcast(0f), TMath.Broadcast(Slope));
        return TMath.SelectLess(z, TMath.Broadcast(-2.5f), TMath.Broadcast(0f), inner);
    }
}
