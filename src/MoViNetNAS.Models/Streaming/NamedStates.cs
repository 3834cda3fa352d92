using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Between a stream's state as layers see it ([B, C, T, H, W] and [B, C]) and as the official models name it ([B, T, H, W, C]).</summary>
internal static class NamedStates
{
    private const int MostNamed = 8;

    /// <summary>The layers' states, of a tensor for each shape that holds floats.</summary>
    public static Dictionary<string, LayerState> Layers(IReadOnlyList<StreamStateShape> shapes, Func<StreamStateShape, Tensor> tensorOf) => shapes
        .Where(shape => shape.IsFloat)
        .GroupBy(shape => shape.Layer)
        .ToDictionary(layer => layer.Key, layer => new LayerState(
            layer.Key,
            layer.FirstOrDefault(shape => shape.Kind == StreamStateKind.StreamBuffer) is { } buffer ? tensorOf(buffer) : null,
            layer.FirstOrDefault(shape => shape.Kind == StreamStateKind.PoolSum) is { } pool ? tensorOf(pool) : null));

    /// <summary>Zeros as layers see them, stored channels last.</summary>
    public static Tensor Zeros(StreamStateShape shape, long batch, Device device)
    {
        long channels = shape.Shape[^1];
        return shape.Kind == StreamStateKind.PoolSum
            ? zeros([batch, channels], device: device)
            : zeros([batch, shape.Shape[1], shape.Shape[2], shape.Shape[3], channels], device: device).permute(0, 4, 1, 2, 3);
    }

    public static IReadOnlyList<KeyValuePair<string, Tensor>> Write(StreamState state)
    {
        using var unrecorded = no_grad();
        return [.. state.Shapes.Select(shape => KeyValuePair.Create(shape.Name, Write(state, shape)))];
    }

    public static StreamState Read(IReadOnlyList<StreamStateShape> shapes, int resolution, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var problems = new List<string>();
        var names = shapes.Select(shape => shape.Name).ToHashSet();
        problems.AddRange(tensors.Keys.Where(name => !names.Contains(name)).Select(name => $"'{name}' is none of this network{NearestName.End(name, names)}"));
        long batch = tensors.Count == 0 ? 1 : shapes.Where(shape => shape.IsFloat && tensors.ContainsKey(shape.Name)).Select(shape => tensors[shape.Name].shape.FirstOrDefault(1)).FirstOrDefault(1);
        problems.AddRange(shapes.Select(shape => Problem(shape, batch, tensors.GetValueOrDefault(shape.Name))).OfType<string>());
        if (problems.Count == 0 && Counts(shapes, tensors) is { Length: > 1 } different)
            problems.Add($"the counts of frames differ: {string.Join(", ", different.Take(MostNamed))}");
        if (problems.Count > 0)
        {
            string more = problems.Count > MostNamed ? $"; and {problems.Count - MostNamed} more" : "";
            throw new InputException($"this is no state of the network: {string.Join("; ", problems.Take(MostNamed))}{more}.");
        }

        using var unrecorded = no_grad();
        return new StreamState(shapes, batch, resolution, Counts(shapes, tensors).FirstOrDefault(), Layers(shapes, shape => Read(shape, batch, tensors[shape.Name])));
    }

    private static Tensor Write(StreamState state, StreamStateShape shape)
    {
        using var scope = NewDisposeScope();
        var layer = state.Layer(shape.Layer);
        var named = shape.Kind switch
        {
            StreamStateKind.FrameCount => tensor(new[] { checked((int)state.FrameCount) }),
            StreamStateKind.PoolSum => layer.PoolSum!.detach().clone().view(state.Batch, 1, 1, 1, -1),
            _ => layer.StreamBuffer!.detach().permute(0, 2, 3, 4, 1).contiguous().clone(),
        };
        return named.DetachFromDisposeScope();
    }

    private static Tensor Read(StreamStateShape shape, long batch, Tensor given)
    {
        using var scope = NewDisposeScope();
        var copy = given.detach().clone();
        return (shape.Kind == StreamStateKind.PoolSum ? copy.view(batch, -1) : copy.permute(0, 4, 1, 2, 3)).DetachFromDisposeScope();
    }

    private static string? Problem(StreamStateShape shape, long batch, Tensor? given)
    {
        if (given is null) return $"'{shape.Name}' is missing";
        long[] expected = [shape.IsFloat ? batch : 1, .. shape.Shape.Skip(1).Select(size => (long)size)];
        var type = shape.IsFloat ? ScalarType.Float32 : ScalarType.Int32;
        return given.dtype == type && given.shape.AsSpan().SequenceEqual(expected)
            ? null
            : $"'{shape.Name}' is {given.dtype} [{string.Join(", ", given.shape)}], and {type} [{string.Join(", ", expected)}] here";
    }

    private static int[] Counts(IReadOnlyList<StreamStateShape> shapes, IReadOnlyDictionary<string, Tensor> tensors) =>
        [.. shapes.Where(shape => !shape.IsFloat).Select(shape => tensors[shape.Name].item<int>()).Distinct()];
}
