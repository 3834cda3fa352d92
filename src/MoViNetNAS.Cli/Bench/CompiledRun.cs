using MoViNetNAS.Models;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A stream through the compiled form of a network, which is made for it.</summary>
internal sealed class CompiledRun : IStreamRun
{
    private readonly CompiledNetwork _network;
    private readonly CompiledStream _stream;
    private readonly float[] _frames;

    /// <param name="network">A causal network; the caller disposes it.</param>
    /// <param name="frames">[1, T, S, S, 3].</param>
    public CompiledRun(MoViNet network, Tensor frames)
    {
        _network = CompiledNetwork.Of(network);
        _stream = _network.Open(1, (int)frames.shape[2], (int)frames.shape[1]);
        _frames = frames.data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Step() => _stream.Step(_frames.AsSpan());

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _network.Dispose();
    }
}
