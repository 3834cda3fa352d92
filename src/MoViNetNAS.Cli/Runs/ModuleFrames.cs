using System.Diagnostics;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Runs;

/// <summary>On any device: the network itself, step by step.</summary>
internal sealed class ModuleFrames(VideoNetwork network, InputShape input, Device device) : ICarriedFrames
{
    private StreamState _state = network.InitialState(1, input.Resolution);

    public float[] Classify(byte[] frame, out TimeSpan elapsed)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var clip = ClipTensors.Of(new ClipBatch(frame, [new LabelSet(0)], input with { Frames = 1 }), device);
        long began = Stopwatch.GetTimestamp();
        var (logits, next) = network.Step(clip, _state);
        float[] values = logits.cpu().data<float>().ToArray();
        elapsed = Stopwatch.GetElapsedTime(began);
        _state.Dispose();
        _state = next.DetachFromDisposeScope();
        return values;
    }

    public StreamState State() => _state.To(torch.CPU);

    public void Restore(StreamState state)
    {
        _state.Dispose();
        _state = state.To(device);
    }

    public void Dispose() => _state.Dispose();
}
