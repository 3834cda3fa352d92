using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Everything a stream carries from sub-clip to sub-clip: a value that goes into <see cref="VideoNetwork.Step(Tensor, StreamState, ForwardMode?)"/> and comes out.</summary>
/// <remarks>Its size does not depend on how many frames were seen; before the first frame all is zero. A state may be used more than
/// once (a stream can be forked); whoever holds it disposes it. No gradient flows through it (MoViNets section 3.2).
/// Source: official MoViNet code, states of stream models.</remarks>
public sealed class StreamState : IDisposable
{
    private static readonly LayerState Stateless = new("", null, null);
    private readonly IReadOnlyDictionary<string, LayerState> _layers;

    internal StreamState(
        IReadOnlyList<StreamStateShape> shapes, long batch, int resolution, long frames, IReadOnlyDictionary<string, LayerState> layers)
    {
        (Shapes, Batch, Resolution, FrameCount, _layers) = (shapes, batch, resolution, frames, layers);
    }

    /// <summary>Names, kinds and shapes (of one stream) of what is carried, in the order of the layers.</summary>
    public IReadOnlyList<StreamStateShape> Shapes { get; }

    /// <summary>Streams side by side.</summary>
    public long Batch { get; }

    /// <summary>Rows and columns of the frames.</summary>
    public int Resolution { get; }

    /// <summary>Frames seen so far.</summary>
    public long FrameCount { get; }

    /// <summary>Bytes of the float32 tensors held: a constant.</summary>
    public long Bytes => sizeof(float) * Tensors.Sum(tensor => tensor.numel());

    internal IEnumerable<Tensor> Tensors => _layers.Values.SelectMany(layer => layer.Tensors);

    /// <summary>The state before the first frame: zeros.</summary>
    /// <param name="shapes">What is carried, see <see cref="NetworkDesign.States"/>.</param>
    /// <param name="batch">Streams side by side, at least 1.</param>
    /// <param name="resolution">Rows and columns of the frames.</param>
    /// <param name="device">Where its tensors are; the CPU when null.</param>
    public static StreamState Zero(IReadOnlyList<StreamStateShape> shapes, long batch, int resolution, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return new StreamState(shapes, batch, resolution, 0, NamedStates.Layers(shapes, shape => NamedStates.Zeros(shape, batch, device ?? CPU)));
    }

    /// <summary>The tensors by their official names: float32 [B, T, H, W, C] or [B, 1, 1, 1, C], and int32 [1] for counts.</summary>
    /// <returns>Copies in the order of <see cref="Shapes"/>; the caller disposes them.</returns>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Named() => NamedStates.Write(this);

    /// <summary>The state that <see cref="Named"/> tensors describe.</summary>
    /// <param name="shapes">What the network carries, see <see cref="NetworkDesign.States"/>.</param>
    /// <param name="resolution">Rows and columns of the frames.</param>
    /// <param name="tensors">By official name; they stay the caller's.</param>
    /// <exception cref="InputException">Names, types or shapes do not fit, or the counts differ among themselves; all are named.</exception>
    public static StreamState Of(IReadOnlyList<StreamStateShape> shapes, int resolution, IReadOnlyDictionary<string, Tensor> tensors) =>
        NamedStates.Read(shapes, resolution, tensors);

    /// <summary>A copy on <paramref name="device"/>; the caller disposes it.</summary>
    public StreamState To(Device device)
    {
        Tensor? Moved(Tensor? tensor) => tensor?.to(device, copy: true);
        return new StreamState(Shapes, Batch, Resolution, FrameCount, _layers.ToDictionary(
            entry => entry.Key,
            entry => entry.Value with { StreamBuffer = Moved(entry.Value.StreamBuffer), PoolSum = Moved(entry.Value.PoolSum) }));
    }

    /// <summary>How far two states of the same network and size are apart: the largest difference of two numbers; 0 when they are equal.</summary>
    /// <exception cref="ArgumentException">They carry other tensors or have seen another number of frames.</exception>
    public double LargestDifference(StreamState other)
    {
        if (other.Misfit(Shapes, Batch, Resolution) is { } misfit) throw new ArgumentException(misfit, nameof(other));
        if (other.FrameCount != FrameCount) throw new ArgumentException($"One state has seen {FrameCount} frames, the other {other.FrameCount}.", nameof(other));
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        return Tensors.Zip(other.Tensors, (a, b) => (double)a.cpu().Minus(b.cpu()).abs().max().item<float>()).DefaultIfEmpty(0).Max();
    }

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

    /// <summary>What the stream carries for <paramref name="layer"/>; nothing for most.</summary>
    internal LayerState Layer(string layer) => _layers.GetValueOrDefault(layer, Stateless);

    /// <summary>Why it is no state of a network that carries <paramref name="expected"/>; null when it is.</summary>
    internal string? Misfit(IReadOnlyList<StreamStateShape> expected, long batch, int resolution)
    {
        if (Batch != batch || Resolution != resolution)
            return $"The state is of {Batch} streams of {Resolution}x{Resolution}, not of {batch} of {resolution}x{resolution}.";
        if (ReferenceEquals(Shapes, expected)) return null;
        var own = Shapes.ToDictionary(shape => shape.Name);
        foreach (var shape in expected)
        {
            if (!own.TryGetValue(shape.Name, out var given)) return $"The state has no '{shape.Name}', which this network carries: [{string.Join(", ", shape.Shape)}].";
            if (!given.Shape.AsSpan().SequenceEqual(shape.Shape.AsSpan()))
                return $"'{shape.Name}' is [{string.Join(", ", given.Shape)}] in the state and [{string.Join(", ", shape.Shape)}] in this network (one stream, channels last).";
        }

        var known = expected.Select(shape => shape.Name).ToHashSet();
        var stranger = Shapes.FirstOrDefault(shape => !known.Contains(shape.Name));
        return stranger is null ? null : $"The state has a '{stranger.Name}' [{string.Join(", ", stranger.Shape)}], which this network does not carry.";
    }
}
