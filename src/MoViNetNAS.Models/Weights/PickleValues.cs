namespace MoViNetNAS.Models;

/// <summary>A dictionary of a pickle: pairs in the order they were put in, not yet looked at.</summary>
/// <remarks>No hash table: whoever writes the file chooses the keys, and could make all of them collide.</remarks>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];
}

/// <summary>A name that a pickle refers to, "torch.FloatStorage"; one of the few that are known.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>The elements behind tensors: member <c>data/key</c> of the archive.</summary>
internal sealed record PickleStorage(TensorType Type, string Key, long Elements);

/// <summary>A tensor as a pickle describes it: a walk through a storage. Checked against the storage's size.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
