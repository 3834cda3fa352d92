using System.Runtime.Intrinsics;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The passes over a frame [positions, C] that are neither a matrix product nor a convolution, for one vector width.</summary>
internal unsafe interface IFramePasses
{
    /// <summary>See <see cref="FramePasses{TMath, TVector}.Mean"/>.</summary>
    void Mean(float* x, float* mean, int positions, ChannelBlocks blocks, int firstBlock, int endBlock);

    /// <summary>See <see cref="FramePasses{TMath, TVector}.Spread"/>.</summary>
    void Spread(float* values, float* y, int positions, ChannelBlocks blocks);

    /// <summary>See <see cref="FramePasses{TMath, TVector}.Scale"/>.</summary>
    void Scale(float* x, float* factors, int first, int end, ChannelBlocks blocks);

    /// <summary>The passes for vectors of <paramref name="width"/> floats.</summary>
    static IFramePasses For(int width) => width switch
    {
        16 => new FramePasses<Vector512Math, Vector512<float>>(),
        8 => new FramePasses<Vector256Math, Vector256<float>>(),
        4 => new FramePasses<Vector128Math, Vector128<float>>(),
        _ => new FramePasses<ScalarMath, float>(),
    };
}
