using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Predict;

/// <summary>What a network says about a clip.</summary>
internal static class ClipPrediction
{
    private const int FramesAtOnce = 8;

    /// <summary>Logits [classes] of the whole clip, or after each of its frames.</summary>
    public static float[][] Of(VideoNetwork network, NpyClip clip, Device device, bool isFrameByFrame, CancellationToken cancellation)
    {
        bool isCompiled = device.type == DeviceType.CPU && !LibtorchPath.IsOn && CompiledNetwork.Takes(network);
        return isCompiled
            ? Streamed((MoViNet)network, clip, isFrameByFrame, cancellation)
            : ByModule(network, clip, device, isFrameByFrame);
    }

    // A causal network says the same of a clip at once and in parts; in parts it takes the memory of a part.
    private static float[][] Streamed(MoViNet network, NpyClip clip, bool isFrameByFrame, CancellationToken cancellation)
    {
        using var compiled = CompiledNetwork.Of(network);
        int atOnce = isFrameByFrame ? 1 : Math.Min(FramesAtOnce, clip.Frames);
        using var stream = compiled.Open(1, clip.Height, atOnce);
        int frame = clip.Height * clip.Width * InputShape.Channels;
        var logits = new List<float[]>();
        for (int first = 0; first < clip.Frames; first += atOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var range = new Range(first * frame, Math.Min(first + atOnce, clip.Frames) * frame);
            var said = clip.Bytes is { } bytes ? stream.Step(bytes.AsSpan(range)) : stream.Step(clip.Floats.AsSpan(range));
            if (!isFrameByFrame) logits.Clear();
            logits.Add(said.ToArray());
        }

        return [.. logits];
    }

    private static float[][] ByModule(VideoNetwork network, NpyClip clip, Device device, bool isFrameByFrame)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var pixels = clip.Bytes is { } bytes ? tensor(bytes).to(ScalarType.Float32) / 255 : tensor(clip.Floats!);
        var frames = pixels.view(1, clip.Frames, clip.Height, clip.Width, InputShape.Channels).permute(0, 4, 1, 2, 3).to(device);
        if (!isFrameByFrame) return [network.Classify(frames).cpu().data<float>().ToArray()];
        using var start = network.InitialState(1, clip.Height);
        var (logits, next) = network.StepFrames(frames, start);
        next.Dispose();
        float[] all = logits.cpu().data<float>().ToArray();
        return [.. all.Chunk(network.Classes)];
    }
}
