using System.Diagnostics;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Onnx;

/// <summary>A video through an exported network in OnnxRuntime, frame by frame.</summary>
internal sealed class OnnxFrames : IFrameClassifier
{
    private readonly OnnxNetwork _network;
    private OnnxState _state;

    /// <param name="network">Of streams, one frame a step; the caller disposes it.</param>
    public OnnxFrames(OnnxNetwork network) => (_network, _state) = (network, network.InitialState());

    public float[] Classify(byte[] frame, out TimeSpan elapsed)
    {
        float[] image = ColoursFirst(frame);
        long began = Stopwatch.GetTimestamp();
        var (logits, next) = _network.Step(image, _state);
        elapsed = Stopwatch.GetElapsedTime(began);
        _state.Dispose();
        _state = next;
        return logits;
    }

    public void Dispose() => _state.Dispose();

    // [S, S, 3] of 0 to 255 to [3, S, S] of 0 to 1.
    private static float[] ColoursFirst(byte[] frame)
    {
        int cells = frame.Length / InputShape.Channels;
        var image = new float[frame.Length];
        for (int colour = 0; colour < InputShape.Channels; colour++)
            for (int cell = 0; cell < cells; cell++) image[colour * cells + cell] = frame[cell * InputShape.Channels + colour] / 255f;
        return image;
    }
}
