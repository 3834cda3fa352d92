using System.Buffers.Binary;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Reads and writes tensors in the safetensors format: a JSON header with names, types, shapes and offsets, then the bytes.</summary>
/// <remarks>Element types F64, F32, F16, BF16, I64, I32, U8 and BOOL; none is converted. What is not exactly the format is refused,
/// and nothing is allocated that the file is too short for. Source: safetensors format description (Hugging Face).</remarks>
public static class SafetensorsFile
{
    private const long LargestHeader = 100_000_000; // the format's own limit

    /// <summary>Writes <paramref name="tensors"/> (any device, any type above) and <paramref name="metadata"/> to <paramref name="path"/>, whole or not at all.</summary>
    /// <exception cref="ArgumentException">A tensor has another type, or a name is there twice.</exception>
    /// <exception cref="MachineException">The file cannot be written; an older one is left as it was.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = SafetensorsHeader.Of(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in tensors) TensorBytes.Write(tensor, stream);
        });
    }

    /// <summary>Reads the tensors and the metadata of <paramref name="path"/>.</summary>
    /// <returns>The tensors in the order of the header, on the CPU, each of the file's type; the caller disposes them.</returns>
    /// <exception cref="InputException">The file is missing, cut short, or not in the format.</exception>
    /// <exception cref="MachineException">The file cannot be read.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path) =>
        WeightFile.Read(path, stream => Read(stream, path));

    internal static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream, string path)
    {
        byte[] header = ReadHeader(stream, path);
        long start = sizeof(long) + header.LongLength;
        var (entries, metadata) = SafetensorsHeader.Parse(header, stream.Length - start, path);
        var tensors = new Dictionary<string, Tensor>(entries.Count);
        try
        {
            foreach (var entry in entries)
            {
                stream.Position = start + entry.Begin;
                tensors[entry.Name] = TensorBytes.Read(entry.Shape, entry.Type, stream, () => $"{path}: tensor {Quoted.Of(entry.Name)}");
            }

            return (tensors, metadata);
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }

    private static byte[] ReadHeader(Stream stream, string path)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (stream.Length < length.Length)
            throw new InputException($"{path}: not a safetensors file, or cut short: it has {stream.Length} bytes, fewer than its 8-byte header length.");
        stream.ReadExactly(length);
        long size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > LargestHeader || size > stream.Length - length.Length)
        {
            throw new InputException(
                $"{path}: not a safetensors file, or cut short: its header is said to have {size} bytes; " +
                $"2-{LargestHeader} are allowed, and the file has {stream.Length}.");
        }

        var header = new byte[size];
        stream.ReadExactly(header);
        return header;
    }
}
