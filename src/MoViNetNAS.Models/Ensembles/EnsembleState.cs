using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Where a stream through several networks stands: each one's state and what it said last. A value, like <see cref="StreamState"/>.</summary>
public sealed class EnsembleState : IDisposable
{
    internal EnsembleState(long frames, IReadOnlyList<StreamState> members, IReadOnlyList<Tensor?> said) => (FrameCount, Members, Said) = (frames, members, said);

    /// <summary>Frames of the stream so far, whichever members saw them.</summary>
    public long FrameCount { get; }

    /// <summary>The state of each member.</summary>
    public IReadOnlyList<StreamState> Members { get; }

    /// <summary>Bytes of what is carried: a constant.</summary>
    public long Bytes => Members.Sum(state => state.Bytes) + sizeof(float) * Said.Sum(logits => logits?.numel() ?? 0);

    // Logits [B, classes] of each member after its last frame; null before its first.
    internal IReadOnlyList<Tensor?> Said { get; }

    /// <summary>Takes the tensors out of every dispose scope, so that the state lives until it is disposed; returns itself.</summary>
    public EnsembleState DetachFromDisposeScope()
    {
        foreach (var state in Members) state.DetachFromDisposeScope();
        foreach (var logits in Said) logits?.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        foreach (var state in Members) state.Dispose();
        foreach (var logits in Said) logits?.Dispose();
    }

    /// <summary>Moves the tensors to the dispose scope around the current one; returns itself.</summary>
    public EnsembleState MoveToOuterDisposeScope()
    {
        foreach (var tensor in Members.SelectMany(state => state.Tensors).Concat(Said.OfType<Tensor>())) tensor.MoveToOuterDisposeScope();
        return this;
    }
}
