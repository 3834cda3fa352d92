namespace MoViNetNAS.Models.Kernels;

/// <summary>An activation and its derivative, on vectors of any width.</summary>
internal interface IActivationFunction
{
    /// <summary>f(z).</summary>
    static abstract TVector Apply<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct;

    /// <summary>f'(z).</summary>
    static abstract TVector Derivative<TMath, TVector>(TVector z)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct;
}
