using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Copies between the memory of a compiled stream and the value that <see cref="VideoNetwork.Step(TorchSharp.torch.Tensor, StreamState, ForwardMode?)"/> works with.</summary>
internal static unsafe class StreamStateCopy
{
    public static StreamState Out(CompiledNetwork network, StreamMemory memory, int batch, int resolution, long frames)
    {
        var layers = memory.Layers
            .Select(layer => new LayerState(layer.Name, Buffer(layer, batch, frames), Pool(layer.Pool, batch, layer.Channels)))
            .Append(new LayerState(StreamStateShape.Head, null, Pool((nint)memory.HeadPool, batch, memory.HeadWidth)))
            .ToDictionary(layer => layer.Name);
        return new StreamState(Shapes(network, resolution), batch, resolution, frames, layers);
    }

    /// <exception cref="ArgumentException">The state is of another network, batch or resolution.</exception>
    public static void In(CompiledNetwork network, StreamMemory memory, int batch, int resolution, StreamState state)
    {
        if (state.Misfit(Shapes(network, resolution), batch, resolution) is { } misfit) throw new ArgumentException(misfit, nameof(state));
        memory.Clear();
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        foreach (var layer in memory.Layers)
        {
            var given = state.Layer(layer.Name);
            if (layer.Buffered > 0) ToRing(given.StreamBuffer!, layer, batch, state.FrameCount);
            if (layer.Pool != 0) ToPool(given.PoolSum!, (float*)layer.Pool);
        }

        ToPool(state.Layer(StreamStateShape.Head).PoolSum!, memory.HeadPool);
    }

    private static IReadOnlyList<StreamStateShape> Shapes(CompiledNetwork network, int resolution) =>
        StreamStates.Of(network.Architecture, network.Variant, network.Classes, resolution);

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
}
