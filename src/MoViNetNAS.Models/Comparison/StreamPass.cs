using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>What the layers of one walk read of a stream's state, and what they leave for the next; a whole clip has neither.</summary>
internal sealed class StreamPass(StreamState? state)
{
    private readonly Dictionary<string, LayerState> _next = [];

    /// <summary>Whether a stream is walked.</summary>
    public bool IsStream => state is not null;

    /// <summary>Frames before the sub-clip.</summary>
    public long FramesBefore => state?.FrameCount ?? 0;

    /// <summary>The frames that a layer keeps; null for a whole clip.</summary>
    public Tensor? Buffer(string layer) => state?.Layer(layer).StreamBuffer;

    /// <summary>The sum that a layer keeps; null for a whole clip.</summary>
    public Tensor? Sum(string layer) => state?.Layer(layer).PoolSum;

    /// <summary>Keeps what a layer leaves; nothing where it leaves nothing.</summary>
    public void Keep(string layer, Tensor? buffer, Tensor? sum)
    {
        if (IsStream && (buffer is not null || sum is not null)) _next.Add(layer, new LayerState(layer, buffer, sum));
    }

    /// <summary>The state after so many frames; null for a whole clip.</summary>
    public StreamState? Next(long frames) =>
        state is null ? null : new StreamState(state.Shapes, state.Batch, state.Resolution, state.FrameCount + frames, _next);
}
