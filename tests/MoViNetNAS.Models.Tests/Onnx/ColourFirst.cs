using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Onnx;

/// <summary>Clips as ONNX files take them.</summary>
internal static class ColourFirst
{
    /// <summary>[B, 3, T, S, S] as the numbers of [B, T, 3, S, S].</summary>
    public static float[] Of(Tensor clip)
    {
        using var scope = NewDisposeScope();
        return clip.permute(0, 2, 1, 3, 4).contiguous().data<float>().ToArray();
    }
}
