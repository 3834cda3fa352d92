using MoViNetNAS.Models.Onnx;

namespace MoViNetNAS.Cli.Bench;

/// <summary>An exported network on the same frames again and again: the next step of a stream, or the whole clip.</summary>
internal sealed class OnnxRun : IStreamRun
{
    private readonly OnnxNetwork _network;
    private readonly float[] _frames;
    private OnnxState? _state;

    /// <param name="network">The caller disposes it.</param>
    /// <param name="frames">[1, T, 3, S, S].</param>
    public OnnxRun(OnnxNetwork network, float[] frames)
    {
        (_network, _frames) = (network, frames);
        _state = network.IsStream ? network.InitialState() : null;
    }

    /// <inheritdoc/>
    public void Step()
    {
        if (_state is null)
        {
            _network.Classify(_frames);
            return;
        }

        var (_, next) = _network.Step(_frames, _state);
        _state.Dispose();
        _state = next;
    }

    /// <inheritdoc/>
    public void Dispose() => _state?.Dispose();
}
