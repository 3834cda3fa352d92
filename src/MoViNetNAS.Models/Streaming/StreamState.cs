using System.Collections.Immutable;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Everything a stream carries from sub-clip to sub-clip: a value that goes into <see cref="MoViNet.Step"/> and comes out.</summary>
/// <remarks>Its size does not depend on how many frames were seen. A state may be used more than once (a stream can be forked); whoever
/// holds it disposes it. No gradient flows through it (MoViNets section 3.2). Source: official MoViNet code, states of stream models.</remarks>
public sealed class StreamState : IDisposable
{
    internal StreamState(long batch, int resolution, long frames, ImmutableArray<LayerState> layers, Tensor? headPoolSum)
    {
        (Batch, Resolution, FrameCount, Layers, HeadPoolSum) = (batch, resolution, frames, layers, headPoolSum);
    }

    /// <summary>Streams side by side.</summary>
    public long Batch { get; }

    /// <summary>Rows and columns of the frames.</summary>
    public int Resolution { get; }

    /// <summary>Frames seen so far.</summary>
    public long FrameCount { get; }

    /// <summary>One entry for each bottleneck layer.</summary>
    public ImmutableArray<LayerState> Layers { get; }

    /// <summary>Sum of the spatial means of the head's features over all frames, [B, headWidth]; null before the first frame.</summary>
    public Tensor? HeadPoolSum { get; }

    /// <summary>Bytes of the float32 tensors held now: 0 before the first frame, then constant.</summary>
    public long Bytes => sizeof(float) * Tensors.Sum(tensor => tensor.numel());

    internal IEnumerable<Tensor> Tensors => Layers
        .SelectMany(layer => new[] { layer.StreamBuffer, layer.PoolSum })
        .Append(HeadPoolSum)
        .OfType<Tensor>();

    /// <summary>Takes the tensors out of every dispose scope, so that the state lives until it is disposed; returns itself.</summary>
    public StreamState DetachFromDisposeScope()
    {
        foreach (var tensor in Tensors) tensor.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors) tensor.Dispose();
    }
}
