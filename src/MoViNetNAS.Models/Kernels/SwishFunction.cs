using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>z * sigmoid(z).</summary>
internal readonly struct SwishFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => TMath.Divide(z, OnePlusExponential<TMath, TVector>(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        // s + z s (1 - s)
        TVector one = TMath.Broadcast(1f);
        TVector sigmoid = TMath.Divide(one, OnePlusExponential<TMath, TVector>(z));
        return TMath.MultiplyAdd(TMath.Multiply(z, sigmoid), TMath.Subtract(one, sigmoid), sigmoid);
    }

    /// <summary>1 + exp(-z), to about one unit in the last place.</summary>
    /// <remarks>exp(v) = 2^n exp(r) with |r| up to ln 2 / 2, where the Taylor polynomial of degree 7 errs by less than
    /// 6e-9. ln 2 is split in two so that n times its first part is exact.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector OnePlusExponential<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct
    {
        TVector v = TMath.Subtract(TMath.Broadcast(0f), z);
        v = TMath.Max(TMath.Min(v, TMath.Broadcast(87f)), TMath.Broadcast(-87f));
        TVector n = TMath.Round(TMath.Multiply(v, TMath.Broadcast(1.44269504f)));
        TVector r = TMath.MultiplyAdd(n, TMath.Broadcast(-0.693359375f), v);
        r = TMath.MultiplyAdd(n, TMath.Broadcast(2.12194440e-4f), r);
        TVector p = TMath.Broadcast(1f / 5040);
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(1f / 720));
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(1f / 120));
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(1f / 24));
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(1f / 6));
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(0.5f));
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(1f));
        p = TMath.MultiplyAdd(p, r, TMath.Broadcast(1f));
        return TMath.MultiplyAdd(p, TMath.PowerOfTwo(n), TMath.Broadcast(1f));
    }
}
