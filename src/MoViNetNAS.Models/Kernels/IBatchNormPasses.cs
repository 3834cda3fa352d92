using System.Runtime.Intrinsics;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The passes of a batch norm, for one vector width and one activation.</summary>
internal unsafe interface IBatchNormPasses
{
    /// <summary>See <see cref="BatchNormKernel{TMath, TVector, TActivation}.Statistics"/>.</summary>
    void Statistics(float* x, float* shift, long first, long end, ChannelBlocks blocks, double* sums);

    /// <summary>See <see cref="BatchNormKernel{TMath, TVector, TActivation}.Normalise"/>.</summary>
    void Normalise(float* x, float* y, NormParameters norm, long first, long end, ChannelBlocks blocks);

    /// <summary>See <see cref="BatchNormKernel{TMath, TVector, TActivation}.GradientSums"/>.</summary>
    void GradientSums(float* x, float* dy, NormParameters norm, long first, long end, ChannelBlocks blocks, double* sums);

    /// <summary>See <see cref="BatchNormKernel{TMath, TVector, TActivation}.InputGradient"/>.</summary>
    void InputGradient(
        float* x, float* dy, float* dx, NormParameters norm, float* offset, float* slope, long first, long end, ChannelBlocks blocks);

    /// <summary>See <see cref="ScaleShiftKernel{TMath, TVector, TActivation}.Run"/>.</summary>
    void ScaleShift(float* x, float* y, float* scale, float* shift, long first, long end, ChannelBlocks blocks);

    /// <summary>The passes for vectors of <paramref name="width"/> floats.</summary>
    static IBatchNormPasses For(int width, ActivationType? activation) => width switch
    {
        16 => For<Vector512Math, Vector512<float>>(activation),
        8 => For<Vector256Math, Vector256<float>>(activation),
        4 => For<Vector128Math, Vector128<float>>(activation),
        _ => For<ScalarMath, float>(activation),
    };

    private static IBatchNormPasses For<TMath, TVector>(ActivationType? activation)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => activation switch
        {
            null => new BatchNormPasses<TMath, TVector, IdentityFunction>(),
            ActivationType.Swish => new BatchNormPasses<TMath, TVector, SwishFunction>(),
            ActivationType.HardSwish => new BatchNormPasses<TMath, TVector, HardSwishFunction>(),
            ActivationType.Relu => new BatchNormPasses<TMath, TVector, ReluFunction>(),
            ActivationType.Relu6 => new BatchNormPasses<TMath, TVector, Relu6Function>(),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "not an activation"),
        };
}
