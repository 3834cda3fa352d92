using MoViNetNAS.Models.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Copies between the memory of a compiled stream and the value that <see cref="MoViNet.Step"/> works with.</summary>
internal static unsafe class StreamStateCopy
{
    public static StreamState Out(StreamMemory memory, int batch, int resolution, long frames)
    {
        if (frames == 0) return new StreamState(batch, resolution, 0, [.. memory.Layers.Select(_ => new LayerState(null, null))], null);
        var layers = memory.Layers.Select(layer => new LayerState(Buffer(layer, batch, frames), Pool(layer.Pool, batch, layer.Channels)));
        return new StreamState(batch, resolution, frames, [.. layers], Pool((nint)memory.HeadPool, batch, memory.HeadWidth));
    }

    /// <exception cref="ArgumentException">The state is of another network, batch or resolution.</exception>
    public static void In(StreamMemory memory, int batch, int resolution, StreamState state)
    {
        Check(memory, batch, resolution, state);
        memory.Clear();
        if (state.FrameCount == 0) return;
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        for (int i = 0; i < memory.Layers.Length; i++)
        {
            var layer = memory.Layers[i];
            if (layer.Buffered > 0) ToRing(state.Layers[i].StreamBuffer!, layer, batch, state.FrameCount);
            if (layer.Pool != 0) ToPool(state.Layers[i].PoolSum!, (float*)layer.Pool);
        }

        ToPool(state.HeadPoolSum!, memory.HeadPool);
    }

    private static Tensor? Buffer(LayerMemory layer, int batch, long frames)
    {
        if (layer.Buffered == 0) return null;
        var buffer = ChannelsLast.Empty(batch, layer.Channels, layer.Buffered, layer.Size, layer.Size);
        float* target = ChannelsLast.Pointer(buffer);
        for (int i = 0; i < batch * layer.Buffered; i++)
        {
            var frame = layer.Frame(i / layer.Buffered, i % layer.Buffered, frames);
            frame.CopyTo(new Span<float>(target + i * layer.FrameFloats, frame.Length));
        }

        GC.KeepAlive(buffer);
        return buffer;
    }

    private static Tensor? Pool(nint pool, int batch, int channels) =>
        pool == 0 ? null : ChannelVector.ToTensor(new Span<float>((float*)pool, batch * channels)).view(batch, channels);

    private static void ToRing(Tensor buffer, LayerMemory layer, int batch, long frames)
    {
        var source = ChannelsLast.Ensure(buffer.detach().cpu().to(ScalarType.Float32));
        float* start = ChannelsLast.Pointer(source);
        for (int i = 0; i < batch * layer.Buffered; i++)
        {
            var frame = layer.Frame(i / layer.Buffered, i % layer.Buffered, frames);
            new Span<float>(start + i * layer.FrameFloats, frame.Length).CopyTo(frame);
        }

        GC.KeepAlive(source);
    }

    private static void ToPool(Tensor pool, float* target)
    {
        var source = pool.detach().cpu().to(ScalarType.Float32).contiguous();
        int length = (int)source.numel();
        new Span<float>(ChannelsLast.Pointer(source), length).CopyTo(new Span<float>(target, length));
        GC.KeepAlive(source);
    }

    private static void Check(StreamMemory memory, int batch, int resolution, StreamState state)
    {
        if (state.Batch != batch || state.Resolution != resolution || state.Layers.Length != memory.Layers.Length)
        {
            throw new ArgumentException(
                $"The state is of {state.Batch} streams of {state.Resolution}x{state.Resolution} through {state.Layers.Length} layers; " +
                $"this stream is of {batch} of {resolution}x{resolution} through {memory.Layers.Length} layers.", nameof(state));
        }

        for (int i = 0; i < memory.Layers.Length; i++)
        {
            var (layer, given) = (memory.Layers[i], state.Layers[i]);
            Check(state, $"the stream buffer of layer {i}", given.StreamBuffer, layer.Buffered == 0, batch, layer.Channels, layer.Buffered, layer.Size, layer.Size);
            Check(state, $"the pool of layer {i}", given.PoolSum, layer.Pool == 0, batch, layer.Channels);
        }

        Check(state, "the head's pool", state.HeadPoolSum, isAbsent: false, batch, memory.HeadWidth);
    }

    private static void Check(StreamState state, string what, Tensor? given, bool isAbsent, params long[] wanted)
    {
        if (given is null ? state.FrameCount == 0 || isAbsent : !isAbsent && given.shape.AsSpan().SequenceEqual(wanted)) return;
        string shape = given is null ? "missing" : $"[{string.Join(", ", given.shape)}]";
        string expected = isAbsent ? "missing" : $"[{string.Join(", ", wanted)}]";
        throw new ArgumentException($"In the state {what} is {shape}; here it is {expected}.", nameof(state));
    }
}
