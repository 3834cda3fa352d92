using Google.Protobuf;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Models.Onnx.Format;
using MoViNetNAS.Spaces;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Tests.Onnx;

/// <summary>The rules of opset 17: what is exported keeps them, and a graph that breaks one is caught.</summary>
public sealed class OnnxCheckTests
{
    [Theory]
    [InlineData("a0", "base", null)]
    [InlineData("a1", "base", 4)]
    [InlineData("a2", "base", 1)]
    [InlineData("a0", "stream", 1)]
    [InlineData("a1", "stream", 1)]
    [InlineData("a2", "stream", 3)]
    [InlineData("a3", "stream", null)]
    [InlineData("a0", "causal", 1)]
    public void Exports_keep_every_rule(string name, string variant, int? frames)
    {
        var model = Model(name, variant, frames);
        Assert.Empty(OnnxCheck.Problems(model));
        Assert.Equal((8, 17), ((int)model.IrVersion, (int)model.OpsetImport.Single().Version));
        Assert.Empty(OnnxCheck.Problems(ModelProto.Parser.ParseFrom(model.ToByteArray())));
    }

    [Theory]
    [InlineData("a0")]
    [InlineData("a1")]
    [InlineData("a2")]
    public void A_stream_frame_by_frame_has_no_tensor_of_more_than_four_axes_and_no_kernel_of_more_than_two(string name)
    {
        var graph = Model(name, "stream", 1).Graph;
        ValueInfoProto[] values = [.. graph.Input, .. graph.Output, .. graph.ValueInfo];
        Assert.All(values, value => Assert.InRange(value.Type.TensorType.Shape.Dim.Count, 0, 4));
        Assert.All(graph.Initializer, constant => Assert.InRange(constant.Dims.Count, 0, 4));
        Assert.All(graph.Node.Where(node => node.OpType == "Conv"), node => Assert.Equal(2, node.Attribute.Single(attribute => attribute.Name == "kernel_shape").Ints.Count));
        Assert.DoesNotContain(graph.Node, node => node.OpType == "Transpose");
    }

    [Fact]
    public void Batch_norms_are_folded_away()
    {
        foreach (string variant in new[] { "base", "stream" })
            Assert.DoesNotContain(Model("a0", variant, 1).Graph.Node, node => node.OpType == "BatchNormalization");
    }

    public static TheoryData<string> Faults => [.. Breakages.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_graph_that_breaks_a_rule_is_caught(string fault)
    {
        var model = Model("a0", "stream", 1);
        var (breakIt, sentence) = Breakages[fault];
        breakIt(model);
        Assert.Contains(OnnxCheck.Problems(model), problem => problem.Contains(sentence, StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => OnnxCheck.Require(model));
    }

    private static readonly Dictionary<string, (Action<ModelProto> Break, string Sentence)> Breakages = new()
    {
        ["two nodes in the wrong order"] = (model => Swap(model.Graph.Node, 0, 1), "which nothing before it gives"),
        ["an output that is there already"] = (model => model.Graph.Node[3].Output[0] = model.Graph.Node[2].Output[0], "no name or one that is taken"),
        ["an operator of a later opset"] = (model => First(model, "Mul").OpType = "Gelu", "no operator of opset 17"),
        ["an operator of another domain"] = (model => First(model, "Mul").Domain = "com.example", "no operator of opset 17"),
        ["an attribute of another operator"] = (model => First(model, "Conv").Attribute.Add(OnnxOperators.Whole("axis", 1)), "'axis', which it cannot have"),
        ["an attribute of another type"] = (model => First(model, "Conv").Attribute.Single(a => a.Name == "group").Type = AttributeProto.Types.AttributeType.Ints, "not Int"),
        ["an attribute twice"] = (model => First(model, "Conv").Attribute.Add(First(model, "Conv").Attribute[0].Clone()), "an attribute twice"),
        ["a missing attribute"] = (model => First(model, "Concat").Attribute.Clear(), "lacks its 'axis'"),
        ["a missing input"] = (model => First(model, "Flatten").Input.Clear(), "0 inputs; 1 to 1 are allowed"),
        ["an input too many"] = (model => First(model, "Mul").Input.Add("image"), "2 to 2 are allowed"),
        ["a constant cut short"] = (model => model.Graph.Initializer[0].RawData = ByteString.CopyFrom(model.Graph.Initializer[0].RawData.Span[4..]), "bytes and has"),
        ["a constant of another shape"] = (model => model.Graph.Initializer[0].Dims[0]++, "bytes and has"),
        ["a constant of no type"] = (model => model.Graph.Initializer[0].DataType = 99, "which is not known"),
        ["a constant twice"] = (model => model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone()), "a name that is taken"),
        ["a default of another shape"] = (model => model.Graph.Initializer.Add(new TensorProto { Name = "image", DataType = (int)DataType.Float, Dims = { 1 }, RawData = ByteString.CopyFrom(new byte[4]) }), "the default of input 'image'"),
        ["an output that nothing gives"] = (model => model.Graph.Output[0].Name = "nothing", "is given by nothing"),
        ["a value without shape"] = (model => model.Graph.ValueInfo[0].Type = null, "has no type and shape"),
        ["a value that nothing describes"] = (model => model.Graph.ValueInfo.RemoveAt(0), "nothing says what type and shape"),
        ["an axis of no size"] = (model => model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam = "", "neither a number nor a name"),
        ["another opset"] = (model => model.OpsetImport[0].Version = 18, "opset 17 alone"),
        ["another IR version"] = (model => model.IrVersion = 3, "IR version is 3"),
        ["a key twice"] = (model => model.MetadataProps.Add(model.MetadataProps[0].Clone()), "there twice"),
        ["no graph"] = (model => model.Graph = null, "there is no graph"),
    };

    internal static ModelProto Model(string name, string variant, int? frames)
    {
        var named = variant == "stream" ? ReleasedArchitectures.StreamVariant(name) : NetworkVariant.ByName[variant];
        using var network = new MoViNet(ReleasedArchitectures.Get(name), named, 3, new FirstWeights(new RandomStream(1)));
        var options = OnnxOptions.Of(network.Design, network.Design.Input) with { Frames = frames, Resolution = 64 };
        return OnnxExport.Model(network, options, new Dictionary<string, string>());
    }

    private static NodeProto First(ModelProto model, string type) => model.Graph.Node.First(node => node.OpType == type);

    private static void Swap(Google.Protobuf.Collections.RepeatedField<NodeProto> nodes, int a, int b) => (nodes[a], nodes[b]) = (nodes[b], nodes[a]);
}
