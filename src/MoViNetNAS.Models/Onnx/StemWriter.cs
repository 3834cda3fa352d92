namespace MoViNetNAS.Models.Onnx;

/// <summary>Writes the first layer: a 3x3 convolution of every frame at stride 2, norm, activation.</summary>
internal static class StemWriter
{
    private const int Kernel = 3, Stride = 2;

    /// <summary>[N, 3, S, S] to [N, width, ceil(S/2), ceil(S/2)].</summary>
    public static OnnxValue Write(GraphPass pass, OnnxValue image)
    {
        int size = checked((int)image.Shape[2].Size!.Value), outputSize = (size + 1) / Stride;
        var pad = SamePadding.Of(size, Kernel, Stride);
        var y = pass.Graph.Convolution(
            "stem", image, pass.Weights.Arrays("network.stem.weight", "network.stem.norm"), [Kernel, Kernel], [Stride, Stride],
            [pad.Before, pad.Before, pad.After, pad.After], [outputSize, outputSize], isDepthwise: false);
        return pass.Activate("stem", y);
    }
}
