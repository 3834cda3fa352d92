using MoViNetNAS.Models;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A stream through <see cref="VideoNetwork.Step(TorchSharp.torch.Tensor, StreamState, ForwardMode?)"/>, as `movinet stream` runs it.</summary>
internal sealed class SteppedRun : IStreamRun
{
    private readonly MoViNet _network;
    private readonly Tensor _subclip;
    private StreamState _state;

    /// <param name="network">A causal network; the caller disposes it.</param>
    /// <param name="frames">[1, T, S, S, 3].</param>
    public SteppedRun(MoViNet network, Tensor frames)
    {
        _network = network;
        _subclip = frames.permute(0, 4, 1, 2, 3).DetachFromDisposeScope();
        _state = network.InitialState(1, (int)frames.shape[2]);
    }

    /// <inheritdoc/>
    public void Step()
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var (logits, next) = _network.Step(_subclip, _state);
        _ = logits.data<float>().ToArray();
        _state.Dispose();
        _state = next.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Dispose();
        _subclip.Dispose();
    }
}
