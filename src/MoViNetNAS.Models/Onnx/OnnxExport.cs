using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using MoViNetNAS.Models.Onnx.Format;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Writes a network as an ONNX file (IR version 8, opset 17), batch norms folded away.</summary>
/// <remarks>Inputs: <c>image</c>, float32 in [0, 1], [batch, 3, S, S] where a clip or step has one frame and [batch, frames, 3, S, S] otherwise;
/// for streams the states as well, whose names end in <c>_next</c> among the outputs. Output: <c>logits</c>, float32 [batch, classes], for all frames
/// so far. (2+1)-D networks consist of 2-D operators over tensors of four axes. docs/onnx.md describes the file.</remarks>
public static class OnnxExport
{
    /// <summary>Name of the frames among the inputs.</summary>
    public const string Image = "image";

    /// <summary>Name of the logits among the outputs.</summary>
    public const string Logits = "logits";

    internal const int IrVersion = 8, Opset = 17;

    /// <summary>Writes <paramref name="path"/>, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">A MoViNet, on any device; it stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="metadata">More for the file's metadata, by keys of its own.</param>
    /// <exception cref="InputException">The network is no MoViNet, cannot stream as asked, or the start does not fit.</exception>
    /// <exception cref="MachineException">The file cannot be written; an older one is left as it was.</exception>
    public static void Write(string path, VideoNetwork network, OnnxOptions options, IReadOnlyDictionary<string, string> metadata)
    {
        var model = Model(network, options, metadata);
        AtomicFile.Write(path, stream => model.WriteTo(stream));
    }

    internal static ModelProto Model(VideoNetwork network, OnnxOptions options, IReadOnlyDictionary<string, string> metadata)
    {
        var moViNet = Checked(network, options);
        var states = options.IsStream ? OnnxStateShape.Of(network.Design.States(network.Classes, options.Resolution)) : [];
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
            ProducerName = "MoViNetNAS",
            ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
            DocString = options.IsStream
                ? "A MoViNet for streams: give every step the states that the step before put out (names ending in _next), zeros at first."
                : "A MoViNet for whole clips.",
            Graph = Graph(moViNet, options, states),
        };
        var all = new Dictionary<string, string>(OnnxMetadata.Of(moViNet, options, states)) { ["weights_sha256"] = WeightsHash(network) };
        foreach (var (key, value) in metadata) all.Add(key, value);
        foreach (var (key, value) in all.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        OnnxCheck.Require(model);
        return model;
    }

    private static MoViNet Checked(VideoNetwork network, OnnxOptions options)
    {
        var design = network.Design;
        if (network is not MoViNet moViNet)
            throw new InputException($"ONNX export takes MoViNets, and {design.Name} is a network they are compared with.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Frames ?? 1, 1, nameof(options));
        if (options.Resolution < design.MinimumResolution)
            throw new InputException($"ONNX export: frames of {options.Resolution}x{options.Resolution} are too small for the strides of {design.Name}, which needs at least {design.MinimumResolution}x{design.MinimumResolution}.");
        if (options.IsStream && !design.CanStream)
            throw new InputException($"ONNX export: a {design.VariantName} network needs whole clips and cannot be written for streams.");
        if (!options.IsStream && options.Start != OnnxStart.Given)
            throw new InputException("ONNX export: only streams have a state to start from, and this file is to take whole clips.");
        if ((options.Start == OnnxStart.State) != (options.StartState is not null))
            throw new ArgumentException("A start state is given with OnnxStart.State and only then.", nameof(options));
        if (options.StartState?.Misfit(design.States(network.Classes, options.Resolution), 1, options.Resolution) is { } misfit)
            throw new InputException($"ONNX export: the start state does not fit: {misfit}");
        return moViNet;
    }

    private static GraphProto Graph(MoViNet network, OnnxOptions options, IReadOnlyList<OnnxStateShape> states)
    {
        var arithmetic = options.Precision == OnnxPrecision.Float16 ? DataType.Float16 : DataType.Float;
        var graph = new OnnxGraph(network.Architecture.Name.Length > 0 ? network.Architecture.Name : "network", arithmetic);
        var axes = new ClipAxes(graph, options.Start == OnnxStart.Given ? null : 1, options.Frames);
        int size = options.Resolution;
        OnnxDim[] shape = axes.IsOneFrame ? [axes.Batch, InputShape.Channels, size, size] : [axes.Batch, axes.Frames, InputShape.Channels, size, size];
        var image = graph.Input(Image, DataType.Float, "Frames, red, green, blue, in [0, 1].", shape);
        var ports = options.IsStream ? new StreamPorts(graph, axes, states, Start(options)) : null;
        var pass = new GraphPass(graph, axes, new FoldedWeights(network), network.Variant, ports, new FrameNumbers(graph, axes, ports?.FrameCount));

        var x = StemWriter.Write(pass, axes.Enter(image));
        foreach (var site in network.Architecture.Sites(size)) x = BottleneckWriter.Write(pass, site, x);
        var logits = HeadWriter.Write(pass, x);
        graph.Output(pass.Precise("logits", logits), Logits, "One for each class, for all frames so far.");
        ports?.AfterAll(pass.Numbers.Next());
        return graph.Proto;
    }

    private static Func<OnnxStateShape, byte[]>? Start(OnnxOptions options) => options.Start switch
    {
        OnnxStart.Given => null,
        OnnxStart.Zeros => state => new byte[state.Bytes],
        _ => state => Bytes(options.StartState!, state),
    };

    // A stream's state as the graph has it: buffers [B, C, T, H * W].
    private static byte[] Bytes(StreamState start, OnnxStateShape state)
    {
        if (!state.IsFloat) return BitConverter.GetBytes(checked((int)start.FrameCount));
        using var scope = NewDisposeScope();
        var layer = start.Layer(state.Layer);
        var tensor = (state.Kind == StreamStateKind.PoolSum ? layer.PoolSum : layer.StreamBuffer)!;
        return MemoryMarshal.AsBytes<float>(tensor.detach().cpu().contiguous().data<float>().ToArray()).ToArray();
    }

    private static string WeightsHash(VideoNetwork network)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in network.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(MemoryMarshal.AsBytes<float>(tensor.detach().cpu().contiguous().data<float>().ToArray()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
