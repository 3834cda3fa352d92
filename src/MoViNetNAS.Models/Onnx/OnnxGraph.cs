using System.Runtime.InteropServices;
using Google.Protobuf;
using MoViNetNAS.Models.Onnx.Format;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>A graph that is being written: nodes in the order they run, constants, and a shape for every value.</summary>
internal sealed class OnnxGraph
{
    private readonly GraphProto _graph;
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, OnnxValue> _wholeNumbers = [];

    /// <param name="name">Of the graph.</param>
    /// <param name="arithmetic">Type that activations and weights have.</param>
    public OnnxGraph(string name, DataType arithmetic)
    {
        _graph = new GraphProto { Name = name };
        Arithmetic = arithmetic;
    }

    /// <summary>Type that activations and weights have.</summary>
    public DataType Arithmetic { get; }

    /// <summary>What was written so far.</summary>
    public GraphProto Proto => _graph;

    /// <summary>A tensor that the caller gives.</summary>
    public OnnxValue Input(string name, DataType type, string description, params OnnxDim[] shape)
    {
        var input = new OnnxValue(Reserve(name), type, shape);
        var proto = input.ToProto();
        proto.DocString = description;
        _graph.Input.Add(proto);
        return input;
    }

    /// <summary>The numbers that an input has when the caller gives none.</summary>
    public void Default(OnnxValue input, ReadOnlySpan<byte> values) => _graph.Initializer.Add(new TensorProto
    {
        Name = input.Name,
        DataType = (int)input.Type,
        Dims = { input.Shape.Select(dim => dim.Size ?? throw new ArgumentException($"'{input.Name}' has an open axis '{dim.Name}' and can have no default.", nameof(input))) },
        RawData = ByteString.CopyFrom(values),
    });

    /// <summary>Hands <paramref name="value"/> to the caller under <paramref name="name"/>.</summary>
    public void Output(OnnxValue value, string name, string description)
    {
        var output = value with { Name = Reserve(name) };
        _graph.Node.Add(new NodeProto { Name = name, OpType = "Identity", Input = { value.Name }, Output = { output.Name } });
        var proto = output.ToProto();
        proto.DocString = description;
        _graph.Output.Add(proto);
    }

    /// <summary>Adds an operator with one result.</summary>
    /// <param name="type">Name of the operator in opset 17.</param>
    /// <param name="name">Of the node and, made unique, of its result.</param>
    /// <param name="shape">Of the result.</param>
    /// <param name="inputs">In the operator's order; <see cref="OnnxValue.None"/> for one left out.</param>
    /// <param name="attributes">Of the operator.</param>
    /// <param name="resultType">Of the result's elements; those of the first input when null.</param>
    public OnnxValue Add(
        string type, string name, IReadOnlyList<OnnxDim> shape, IReadOnlyList<OnnxValue> inputs, IEnumerable<AttributeProto>? attributes = null,
        DataType? resultType = null)
    {
        var result = new OnnxValue(Claim(name), resultType ?? inputs[0].Type, shape);
        var node = new NodeProto { Name = result.Name, OpType = type, Input = { inputs.Select(input => input.Name) }, Output = { result.Name } };
        node.Attribute.AddRange(attributes ?? []);
        _graph.Node.Add(node);
        _graph.ValueInfo.Add(result.ToProto());
        return result;
    }

    /// <summary>Numbers that belong to the file, in the type of its arithmetic.</summary>
    public OnnxValue Weights(string name, float[] values, params long[] shape) => Numbers(name, values, Arithmetic, shape);

    /// <summary>Numbers that belong to the file, as <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentException">A number of float16 would be infinite.</exception>
    public OnnxValue Numbers(string name, float[] values, DataType type, params long[] shape)
    {
        if (type == DataType.Float) return Constant(name, type, MemoryMarshal.AsBytes<float>(values), shape);
        if (type == DataType.Double) return Constant(name, type, MemoryMarshal.AsBytes<double>(Array.ConvertAll(values, value => (double)value)), shape);
        if (type != DataType.Float16) throw new ArgumentOutOfRangeException(nameof(type), type, "no type of real numbers that is written");
        Half[] halves = Array.ConvertAll(values, value => (Half)value);
        int infinite = Array.FindIndex(halves, half => !Half.IsFinite(half));
        if (infinite >= 0) throw new ArgumentException($"'{name}' holds {values[infinite]}, which is no finite float16.", nameof(values));
        return Constant(name, type, MemoryMarshal.AsBytes<Half>(halves), shape);
    }

    /// <summary>Numbers of float64 that belong to the file.</summary>
    public OnnxValue Doubles(string name, double[] values, params long[] shape) => Constant(name, DataType.Double, MemoryMarshal.AsBytes<double>(values), shape);

    /// <summary>A list of whole numbers, int64 as operators want their shapes; the same list is written once.</summary>
    public OnnxValue WholeNumbers(params long[] values)
    {
        string key = string.Join('_', values).Replace('-', 'm');
        if (_wholeNumbers.TryGetValue(key, out var known)) return known;
        return _wholeNumbers[key] = Constant($"int64_{key}", DataType.Int64, MemoryMarshal.AsBytes<long>(values), [values.Length]);
    }

    /// <summary>A whole number without axes, int64; the same one is written once.</summary>
    public OnnxValue WholeNumber(long value)
    {
        string key = $"scalar_{value}".Replace('-', 'm');
        if (_wholeNumbers.TryGetValue(key, out var known)) return known;
        return _wholeNumbers[key] = Constant($"int64_{key}", DataType.Int64, MemoryMarshal.AsBytes<long>([value]), []);
    }

    /// <summary>A constant of any type from its bytes.</summary>
    public OnnxValue Constant(string name, DataType type, ReadOnlySpan<byte> values, long[] shape)
    {
        var constant = new OnnxValue(Claim(name), type, [.. shape.Select(size => (OnnxDim)size)]);
        _graph.Initializer.Add(new TensorProto { Name = constant.Name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(values) });
        return constant;
    }

    // Callers know inputs and outputs by name: these are never changed.
    private string Reserve(string name) => _names.Add(name) ? name : throw new ArgumentException($"The graph has a '{name}' already.", nameof(name));

    private string Claim(string name)
    {
        string claimed = name;
        for (int i = 2; !_names.Add(claimed); i++) claimed = $"{name}_{i}";
        return claimed;
    }
}
