using System.Runtime.Intrinsics;

namespace MoViNetNAS.Models.Kernels;

/// <summary>A pass of <see cref="AveragePoolKernel{TMath, TVector}"/> over some rows of a frame.</summary>
internal unsafe delegate void AveragePoolPass(
    float* from, float* to, PoolWindows rows, PoolWindows columns, ChannelBlocks blocks, int first, int end);

/// <summary>The passes of the average pool by vector width.</summary>
internal static unsafe class AveragePoolPasses
{
    internal static AveragePoolPass Forward(int width) => width switch
    {
        16 => AveragePoolKernel<Vector512Math, Vector512<float>>.Forward,
        8 => AveragePoolKernel<Vector256Math, Vector256<float>>.Forward,
        4 => AveragePoolKernel<Vector128Math, Vector128<float>>.Forward,
        _ => AveragePoolKernel<ScalarMath, float>.Forward,
    };

    internal static AveragePoolPass Backward(int width) => width switch
    {
        16 => AveragePoolKernel<Vector512Math, Vector512<float>>.Backward,
        8 => AveragePoolKernel<Vector256Math, Vector256<float>>.Backward,
        4 => AveragePoolKernel<Vector128Math, Vector128<float>>.Backward,
        _ => AveragePoolKernel<ScalarMath, float>.Backward,
    };
}
