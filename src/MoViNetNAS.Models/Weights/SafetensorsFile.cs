using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Reads and writes float32 tensors in the safetensors format: a JSON header with names, shapes and offsets, then the bytes.</summary>
/// <remarks>Source: safetensors format description (Hugging Face). Written whole or not at all.</remarks>
public static class SafetensorsFile
{
    private const string MetadataKey = "__metadata__";
    private const string Float32 = "F32";
    private const long LargestHeader = 100_000_000;

    /// <summary>Writes <paramref name="tensors"/> (float32, any device) and <paramref name="metadata"/> to <paramref name="path"/>.</summary>
    /// <exception cref="MachineException">The file cannot be written; an older one is left as it was.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            using var scope = NewDisposeScope();
            foreach (var (_, tensor) in tensors) stream.Write(tensor.detach().cpu().contiguous().bytes);
        });
    }

    /// <summary>Reads the tensors and the metadata of <paramref name="path"/>.</summary>
    /// <returns>The caller disposes the tensors.</returns>
    /// <exception cref="InputException">The file is missing, cut short, or not in the format.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"there is no file {path}.");
        using var stream = File.OpenRead(path);
        var (entries, metadata, start) = ReadHeader(stream, path);
        RequireWhole(entries, stream.Length - start, path);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, shape, begin, end) in entries)
        {
            var bytes = new byte[end - begin];
            stream.Position = start + begin;
            stream.ReadExactly(bytes);
            var values = new float[bytes.Length / sizeof(float)];
            Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
            tensors[name] = tensor(values, shape).DetachFromDisposeScope();
        }

        return (tensors, metadata);
    }

    /// <summary>Reads only the metadata of <paramref name="path"/>.</summary>
    /// <exception cref="InputException">As <see cref="Read"/>.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        if (!File.Exists(path)) throw new InputException($"there is no file {path}.");
        using var stream = File.OpenRead(path);
        return ReadHeader(stream, path).Metadata;
    }

    // As the format asks: the tensors lie one behind the other, without gaps, and are all there is.
    private static void RequireWhole(List<(string Name, long[] Shape, long Begin, long End)> entries, long dataBytes, string path)
    {
        long position = 0;
        var names = new HashSet<string>();
        foreach (var (name, shape, begin, end) in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (!names.Add(name)) throw new InputException($"{path}: tensor '{name}' is there twice.");
            Int128 bytes = sizeof(float);
            foreach (long size in shape) bytes = Int128.Min(bytes * size, dataBytes + 1); // more than there is: no need to know how much
            if (begin != position || begin > end || end > dataBytes || end - begin != bytes || shape.Any(size => size < 0))
                throw new InputException($"{path}: tensor '{name}' is said to lie at bytes {begin}-{end}, which does not fit its shape, its neighbours or the file; the file is cut short or damaged.");
            position = end;
        }

        if (position != dataBytes) throw new InputException($"{path}: there are {dataBytes - position} bytes more than its header says; the file is damaged.");
    }

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata) json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                if (tensor.dtype != float32) throw new ArgumentException($"'{name}' is {tensor.dtype}, not float32.", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString("dtype", Float32);
                json.WriteStartArray("shape");
                foreach (long size in tensor.shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.numel() * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Padded with spaces so that the data start at a multiple of 8.
        byte[] text = buffer.ToArray();
        return [.. text, .. Enumerable.Repeat((byte)' ', (8 - text.Length % 8) % 8)];
    }

    private static (List<(string Name, long[] Shape, long Begin, long End)> Entries, Dictionary<string, string> Metadata, long Start) ReadHeader(
        FileStream stream, string path)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (stream.Length < length.Length) throw new InputException($"{path}: not a safetensors file: shorter than its 8-byte length.");
        stream.ReadExactly(length);
        long size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is <= 0 or > LargestHeader || size > stream.Length - length.Length)
            throw new InputException($"{path}: not a safetensors file, or cut short: its header is said to have {size} bytes.");
        var header = new byte[size];
        stream.ReadExactly(header);
        var entries = new List<(string, long[], long, long)>();
        var metadata = new Dictionary<string, string>();
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(header));
            foreach (var field in json.RootElement.EnumerateObject())
            {
                if (field.Name == MetadataKey)
                {
                    foreach (var entry in field.Value.EnumerateObject()) metadata[entry.Name] = entry.Value.GetString()!;
                    continue;
                }

                string dtype = field.Value.GetProperty("dtype").GetString()!;
                if (dtype != Float32) throw new InputException($"{path}: tensor '{field.Name}' is {dtype}; only {Float32} is read.");
                long[] shape = [.. field.Value.GetProperty("shape").EnumerateArray().Select(element => element.GetInt64())];
                var offsets = field.Value.GetProperty("data_offsets");
                entries.Add((field.Name, shape, offsets[0].GetInt64(), offsets[1].GetInt64()));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InputException($"{path}: not a safetensors file: its header does not read ({e.Message}).", e);
        }

        return (entries, metadata, length.Length + size);
    }
}
