using MoViNetNAS.Models.Onnx.Format;

namespace MoViNetNAS.Models.Onnx;

/// <summary>A tensor within a graph, before it has numbers.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Its axes.</param>
internal sealed record OnnxValue(string Name, TensorProto.Types.DataType Type, IReadOnlyList<OnnxDim> Shape)
{
    /// <summary>An optional input that is not given.</summary>
    public static OnnxValue None { get; } = new("", TensorProto.Types.DataType.Undefined, []);

    public ValueInfoProto ToProto()
    {
        var shape = new TensorShapeProto();
        foreach (var dim in Shape)
        {
            shape.Dim.Add(dim.Size is { } size
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dim.Name });
        }

        return new ValueInfoProto { Name = Name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)Type, Shape = shape } } };
    }
}
