using MoViNetNAS.Models;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A network on the same clip again and again.</summary>
internal sealed class ClipRun : IStreamRun
{
    private readonly MoViNet _network;
    private readonly Tensor _clip;

    /// <param name="network">The caller disposes it.</param>
    /// <param name="frames">[1, T, S, S, 3].</param>
    public ClipRun(MoViNet network, Tensor frames) => (_network, _clip) = (network, frames.permute(0, 4, 1, 2, 3).DetachFromDisposeScope());

    /// <inheritdoc/>
    public void Step()
    {
        using var inference = inference_mode();
        using var logits = _network.Classify(_clip);
        _ = logits.data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _clip.Dispose();
}
