using System.Text;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Reads state dicts that PyTorch saved (<c>.pt</c>, <c>.pth</c>) without PyTorch, and without running what they say.</summary>
/// <remarks>The zip format of torch.save, since PyTorch 1.6: a pickle <c>data.pkl</c> that describes the tensors, and a member
/// <c>data/N</c> for each storage. The pickle may hold dictionaries, lists, numbers, texts and tensors only; any other name in it is
/// refused. Nothing is allocated that the file is too short for. Source: PyTorch's notes on serialization.</remarks>
public static class PyTorchFile
{
    private const string Pickle = "/data.pkl";
    private const int LargestPickle = 8_000_000; // a tensor takes some 150 bytes of it; values in memory up to a hundred times their opcode
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model"];

    /// <summary>Reads the tensors of <paramref name="path"/>: a state dict, or a dictionary that has one under "state_dict", "model_state_dict" or "model".</summary>
    /// <returns>The tensors in the file's order, on the CPU, each of the file's type; those that share elements in the file share them
    /// here. The caller disposes them.</returns>
    /// <exception cref="InputException">The file is missing, cut short, not in the format, or holds more than a state dict needs.</exception>
    /// <exception cref="MachineException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => WeightFile.Read(path, stream => Read(stream, path));

    internal static IReadOnlyDictionary<string, Tensor> Read(Stream file, string path)
    {
        RequireZip(file, path);
        var members = ZipMembers.Read(file, path);
        string[] pickles = [.. members.Keys.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal))];
        if (pickles is not [var pickle])
            throw new InputException($"{path}: not a file of torch.save: it has {pickles.Length} members '*{Pickle}'; one is needed.");
        string folder = pickle[..^Pickle.Length];
        if (members.TryGetValue($"{folder}/byteorder", out var order) && Encoding.ASCII.GetString(Contents(file, order, 100, path)) is var name and not "little")
            throw new InputException($"{path}: its byte order is {Quoted.Of(name)}; 'little' is read.");
        try
        {
            var saved = StateDict(Unpickler.Read(Contents(file, members[pickle], LargestPickle, path)));
            return Tensors(saved, file, key => members.GetValueOrDefault($"{folder}/data/{key}"), path);
        }
        catch (PickleException e)
        {
            throw new InputException($"{path}: its pickle {e.Message}.", e);
        }
    }

    private static void RequireZip(Stream file, string path)
    {
        Span<byte> start = stackalloc byte[4];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            throw new InputException($"{path}: not a file of torch.save, or cut short: it has {file.Length} bytes.");
        if (start[0] == 0x80)
            throw new InputException($"{path}: a bare pickle, as PyTorch before 1.6 wrote; load it there and save it again with torch.save.");
        if (!start.SequenceEqual("PK\x3\x4"u8)) throw new InputException($"{path}: not a file of torch.save: it does not begin as a zip archive does.");
    }

    private static List<KeyValuePair<string, PickleTensor>> StateDict(object? value)
    {
        if (value is not PickleDictionary root) throw new PickleException("holds no dictionary; a state dict is needed");
        var dictionary = root;
        if (!root.Pairs.Any(pair => pair.Value is PickleTensor))
        {
            PickleDictionary[] inner =
                [.. root.Pairs.Where(pair => pair.Key is string key && Wrappers.Contains(key)).Select(pair => pair.Value).OfType<PickleDictionary>()];
            if (inner is not [var only])
                throw new PickleException($"holds no tensors but {Keys(root)}; a state dict is needed, or one under {string.Join(", ", Wrappers)}");
            dictionary = only;
        }

        if (dictionary.Pairs.Count == 0) throw new PickleException("holds no tensors");
        return [.. dictionary.Pairs.Select(pair => (pair.Key, pair.Value) switch
        {
            (string key, PickleTensor tensor) => new KeyValuePair<string, PickleTensor>(key, tensor),
            (string key, _) => throw new PickleException($"holds {Quoted.Of(key)}, which is no tensor; a state dict holds tensors only"),
            _ => throw new PickleException("holds a key that is no text"),
        })];
    }

    private static string Keys(PickleDictionary dictionary) => dictionary.Pairs.Count == 0
        ? "nothing"
        : string.Join(", ", dictionary.Pairs.Take(5).Select(pair => pair.Key is string key ? Quoted.Of(key) : "a key that is no text"));

    private static Dictionary<string, Tensor> Tensors(
        List<KeyValuePair<string, PickleTensor>> saved, Stream file, Func<string, ZipMember?> member, string path)
    {
        var storages = new Dictionary<string, (PickleStorage Described, Tensor Elements)>();
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (var (name, tensor) in saved)
            {
                if (tensors.ContainsKey(name)) throw new PickleException($"holds the tensor {Quoted.Of(name)} twice");
                if (!storages.TryGetValue(tensor.Storage.Key, out var storage))
                    storages[tensor.Storage.Key] = storage = (tensor.Storage, Elements(tensor.Storage, file, member(tensor.Storage.Key), path));
                if (storage.Described != tensor.Storage) throw new PickleException($"gives the storage {Quoted.Of(tensor.Storage.Key)} two types or sizes");
                tensors[name] = storage.Elements.as_strided(tensor.Shape, tensor.Strides, tensor.Offset).DetachFromDisposeScope();
            }

            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
        finally
        {
            foreach (var (_, elements) in storages.Values) elements.Dispose(); // the tensors keep the memory
        }
    }

    private static Tensor Elements(PickleStorage storage, Stream file, ZipMember? member, string path)
    {
        if (member is null) throw new PickleException($"refers to the storage {Quoted.Of(storage.Key)}, which the archive does not have");
        long bytes = storage.Elements * storage.Type.Bytes;
        if (member.Length != bytes)
            throw new PickleException($"says that storage {Quoted.Of(storage.Key)} has {bytes} bytes; its member has {member.Length}");
        var checksum = new Crc32();
        file.Position = member.Begin;
        var elements = TensorBytes.Read([storage.Elements], storage.Type, file, () => $"{path}: storage {Quoted.Of(storage.Key)}", checksum);
        if (checksum.Value == member.Checksum) return elements;
        elements.Dispose();
        throw WrongChecksum(member, path);
    }

    private static byte[] Contents(Stream file, ZipMember member, long most, string path)
    {
        if (member.Length > most) throw new InputException($"{path}: member {Quoted.Of(member.Name)} has {member.Length} bytes; up to {most} are read.");
        byte[] bytes = ZipMembers.Bytes(file, member.Begin, member.Length, path);
        var checksum = new Crc32();
        checksum.Add(bytes);
        return checksum.Value == member.Checksum ? bytes : throw WrongChecksum(member, path);
    }

    private static InputException WrongChecksum(ZipMember member, string path) =>
        new($"{path}: member {Quoted.Of(member.Name)} does not have the checksum it should; the file is damaged.");
}
