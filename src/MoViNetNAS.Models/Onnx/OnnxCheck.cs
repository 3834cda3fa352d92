using MoViNetNAS.Models.Onnx.Format;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Rules that a file of opset 17 must keep, checked on what the export writes.</summary>
/// <remarks>Names are given once and before they are used, operators and their attributes are those of opset 17, sizes of constants agree with
/// their bytes, and every value has a type and a shape. Source: ONNX, intermediate representation version 8 and operators of opset 17.</remarks>
internal static class OnnxCheck
{
    /// <summary>Throws at the first rule that is broken.</summary>
    /// <exception cref="InvalidOperationException">Which, and where.</exception>
    public static void Require(ModelProto model)
    {
        if (Problems(model).FirstOrDefault() is { } problem) throw new InvalidOperationException($"The export wrote a graph that is no ONNX: {problem}");
    }

    /// <summary>All rules that are broken, a sentence each.</summary>
    public static IReadOnlyList<string> Problems(ModelProto model)
    {
        var problems = new List<string>();
        if (model.IrVersion != OnnxExport.IrVersion) problems.Add($"the IR version is {model.IrVersion}, not {OnnxExport.IrVersion}.");
        if (model.OpsetImport.Count != 1 || model.OpsetImport[0].Domain.Length > 0 || model.OpsetImport[0].Version != OnnxExport.Opset)
            problems.Add($"the operators are not those of opset {OnnxExport.Opset} alone.");
        if (model.MetadataProps.Select(entry => entry.Key).Distinct().Count() < model.MetadataProps.Count) problems.Add("a key of the metadata is there twice.");
        if (model.Graph is not { } graph)
        {
            problems.Add("there is no graph.");
            return problems;
        }

        if (graph.Name.Length == 0) problems.Add("the graph has no name.");
        if (graph.Node.Count == 0) problems.Add("the graph has no nodes.");
        var known = Given(graph, problems);
        foreach (var node in graph.Node) Check(node, known, problems);
        Describe(graph, known, problems);
        return problems;
    }

    // Inputs and constants. A constant that has an input's name is the input's default.
    private static HashSet<string> Given(GraphProto graph, List<string> problems)
    {
        var known = new HashSet<string>();
        foreach (var input in graph.Input)
        {
            if (input.Name.Length == 0 || !known.Add(input.Name)) problems.Add($"input '{input.Name}' has no name or one that is taken.");
        }

        var constants = new HashSet<string>();
        foreach (var constant in graph.Initializer)
        {
            var input = graph.Input.FirstOrDefault(given => given.Name == constant.Name);
            if (!constants.Add(constant.Name) || (input is null && !known.Add(constant.Name))) problems.Add($"constant '{constant.Name}' has a name that is taken.");
            if (BytesOf((DataType)constant.DataType) is not { } bytes)
            {
                problems.Add($"constant '{constant.Name}' is of type {constant.DataType}, which is not known.");
                continue;
            }

            long expected = constant.Dims.Aggregate(bytes, (product, size) => product * size);
            if (constant.RawData.Length != expected)
                problems.Add($"constant '{constant.Name}' [{string.Join(", ", constant.Dims)}] needs {expected} bytes and has {constant.RawData.Length}.");
            if (input is not null && !IsDefaultOf(constant, input)) problems.Add($"the default of input '{input.Name}' has another type or shape.");
        }

        return known;
    }

    private static bool IsDefaultOf(TensorProto constant, ValueInfoProto input) =>
        input.Type?.TensorType is { Shape: { } shape } type && type.ElemType == constant.DataType
        && shape.Dim.Select(dim => dim.DimValue).SequenceEqual(constant.Dims);

    private static void Check(NodeProto node, HashSet<string> known, List<string> problems)
    {
        string place = $"node '{node.Name}' ({node.OpType})";
        problems.AddRange(node.Input.Where(input => input.Length > 0 && !known.Contains(input)).Select(input => $"{place} reads '{input}', which nothing before it gives."));
        foreach (string output in node.Output)
        {
            if (output.Length == 0 || !known.Add(output)) problems.Add($"{place} gives '{output}', which has no name or one that is taken.");
        }

        if (!OnnxOperator.ByName.TryGetValue(node.OpType, out var type) || node.Domain.Length > 0)
        {
            problems.Add($"{place} is no operator of opset {OnnxExport.Opset} that is known here.");
            return;
        }

        if (node.Input.Count < type.LeastInputs || node.Input.Count > type.MostInputs)
            problems.Add($"{place} has {node.Input.Count} inputs; {type.LeastInputs} to {type.MostInputs} are allowed.");
        if (node.Input.Take(type.LeastInputs).Any(input => input.Length == 0)) problems.Add($"{place} lacks an input that it needs.");
        if (node.Output.Count != 1) problems.Add($"{place} has {node.Output.Count} outputs, not 1.");
        foreach (var attribute in node.Attribute)
        {
            if (!type.Attributes.TryGetValue(attribute.Name, out var expected)) problems.Add($"{place} has an attribute '{attribute.Name}', which it cannot have.");
            else if (attribute.Type != expected) problems.Add($"{place} has a '{attribute.Name}' of type {attribute.Type}, not {expected}.");
        }

        if (node.Attribute.Select(attribute => attribute.Name).Distinct().Count() < node.Attribute.Count) problems.Add($"{place} has an attribute twice.");
        problems.AddRange(type.Required.Where(name => node.Attribute.All(attribute => attribute.Name != name)).Select(name => $"{place} lacks its '{name}'."));
    }

    // Whoever reads the file learns the type and the axes of every value.
    private static void Describe(GraphProto graph, HashSet<string> known, List<string> problems)
    {
        foreach (var output in graph.Output)
            if (!known.Contains(output.Name)) problems.Add($"output '{output.Name}' is given by nothing.");
        if (graph.Output.Select(output => output.Name).Distinct().Count() < graph.Output.Count) problems.Add("an output is there twice.");
        ValueInfoProto[] described = [.. graph.Input, .. graph.Output, .. graph.ValueInfo];
        foreach (var value in described)
        {
            if (value.Type?.TensorType is not { Shape: { } shape } type || BytesOf((DataType)type.ElemType) is null)
                problems.Add($"'{value.Name}' has no type and shape.");
            else if (shape.Dim.Any(dim => dim.DimParam.Length == 0 && dim.DimValue < 1))
                problems.Add($"'{value.Name}' has an axis that is neither a number nor a name.");
        }

        var names = described.Select(value => value.Name).ToHashSet();
        foreach (string output in graph.Node.SelectMany(node => node.Output).Where(output => !names.Contains(output)))
            problems.Add($"nothing says what type and shape '{output}' has.");
    }

    private static long? BytesOf(DataType type) => type switch
    {
        DataType.Float or DataType.Int32 => 4,
        DataType.Float16 => 2,
        DataType.Double or DataType.Int64 => 8,
        _ => null,
    };
}
