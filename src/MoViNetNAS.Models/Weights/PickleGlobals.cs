namespace MoViNetNAS.Models;

/// <summary>The names that a state dict may refer to, and what comes of calling them. There is no way to any other.</summary>
internal static class PickleGlobals
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string StorageModule = "torch.";
    private const int LongestKey = 64; // torch writes "0", "1" ...

    /// <exception cref="PickleException">The name is not one of the few.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        string full = $"{module}.{name}";
        return full is OrderedDict or RebuildTensor or RebuildParameter || StorageType(full) is not null ? new PickleGlobal(full) : throw Refused(full);
    }

    public static PickleException Refused(string name) =>
        new($"refuses to run {Quoted.Of(name)}: only dictionaries, lists, numbers, texts and tensors are read");

    /// <summary>What <paramref name="function"/> makes of <paramref name="arguments"/>.</summary>
    public static object Call(object? function, object? arguments)
    {
        if (function is not PickleGlobal { Name: var name }) throw new PickleException("calls something that is no function");
        if (arguments is not object?[] given) throw new PickleException($"calls {name} without a tuple of arguments");
        return (name, given) switch
        {
            (OrderedDict, []) => new PickleDictionary(),
            (RebuildTensor, [PickleStorage storage, long offset, object?[] shape, object?[] strides, bool, ..]) when given.Length <= 7 =>
                Tensor(storage, offset, Numbers(shape, "shape"), Numbers(strides, "strides")),
            (RebuildParameter, [PickleTensor tensor, bool, ..]) when given.Length <= 3 => tensor,
            (OrderedDict or RebuildTensor or RebuildParameter, _) => throw new PickleException($"calls {name} with {given.Length} arguments that do not fit it"),
            _ => throw Refused(name),
        };
    }

    /// <summary>What a persistent id stands for: ('storage', type, key, location, elements).</summary>
    public static PickleStorage Storage(object? id)
    {
        if (id is not object?[] tuple || tuple is not ["storage", PickleGlobal { Name: var type }, string key, _, long elements] ||
            StorageType(type) is not { } elementType)
        {
            throw new PickleException("has a persistent id that is no storage; ('storage', type, key, location, elements) is read");
        }

        if (key.Length > LongestKey) throw new PickleException($"names a storage with {key.Length} characters; up to {LongestKey} are read");
        if (elements < 0 || elements > long.MaxValue / 16) throw new PickleException($"says that storage {Quoted.Of(key)} has {elements} elements");
        return new PickleStorage(elementType, key, elements);
    }

    private static TensorType? StorageType(string name) =>
        name.StartsWith(StorageModule, StringComparison.Ordinal) ? TensorType.ByStorage(name[StorageModule.Length..]) : null;

    private static PickleTensor Tensor(PickleStorage storage, long offset, long[] shape, long[] strides)
    {
        string Where() => $"has a tensor of the shape {Quoted.Shape(shape)}, strides {Quoted.Shape(strides)}, at element {offset} of a storage of {storage.Elements}";
        if (strides.Length != shape.Length || TensorShape.Elements(shape) is not { } elements || strides.Any(stride => stride < 0) || offset < 0)
            throw new PickleException($"{Where()}: as many axes as strides are allowed, none below 0");
        Int128 last = offset - 1; // of a tensor without elements
        if (elements > 0) last = shape.Zip(strides).Aggregate((Int128)offset, (sum, axis) => sum + (Int128)(axis.First - 1) * axis.Second);
        // A stride of 0 would let a few bytes stand for any number of elements.
        if (last >= storage.Elements || elements > storage.Elements) throw new PickleException($"{Where()}: that is more than there is");
        return new PickleTensor(storage, offset, shape, strides);
    }

    private static long[] Numbers(object?[] tuple, string what)
    {
        if (tuple.Length > TensorShape.MostAxes) throw new PickleException($"has a tensor with {tuple.Length} axes; up to {TensorShape.MostAxes} are read");
        return [.. tuple.Select(item => item as long? ?? throw new PickleException($"has a tensor whose {what} are not all numbers"))];
    }
}
