using System.Text.Json;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The JSON header of a safetensors file: an entry for each tensor, and texts under <c>__metadata__</c>.</summary>
/// <remarks>Read by hand, token by token: <see cref="JsonDocument"/> would take doubled keys, and hold the header several times over.</remarks>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int Depth = 3; // { entry { shape [

    /// <summary>The header for <paramref name="tensors"/>, padded with spaces so that the data start at a multiple of 8.</summary>
    public static byte[] Of(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata) json.WriteString(key, value);
            json.WriteEndObject();
            var names = new HashSet<string> { MetadataKey };
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"'{name}' is there twice, or is the metadata's name.", nameof(tensors));
                var type = TensorType.Of(tensor.dtype)
                    ?? throw new ArgumentException($"'{name}' is {tensor.dtype}, not one of {TensorType.SafetensorsNames}.", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString("dtype", type.Safetensors);
                json.WriteStartArray("shape");
                foreach (long size in tensor.shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.numel() * type.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        byte[] text = buffer.ToArray();
        return [.. text, .. Enumerable.Repeat((byte)' ', (8 - text.Length % 8) % 8)];
    }

    /// <summary>Reads a header whose data are <paramref name="dataBytes"/> long.</summary>
    /// <exception cref="InputException">It is not one, or does not describe exactly these data.</exception>
    public static (IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> header, long dataBytes, string path)
    {
        var entries = new List<SafetensorsEntry>();
        Dictionary<string, string> metadata = [];
        try
        {
            if (header[0] != '{') throw new JsonException("it does not begin with '{'");
            var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = Depth });
            json.Read();
            var names = new HashSet<string>();
            while (Next(ref json).TokenType == JsonTokenType.PropertyName)
            {
                string name = json.GetString()!;
                if (!names.Add(name)) throw new InputException($"{path}: tensor {Quoted.Of(name)} is there twice; a name may be there once.");
                Next(ref json);
                if (name == MetadataKey) metadata = Texts(ref json, path);
                else entries.Add(SafetensorsFields.Read(ref json, name, path));
            }

            while (json.Read()) { } // only white space may follow
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second of them: a text that is not UTF-8.
            throw new InputException($"{path}: not a safetensors file: its header does not read as a JSON object ({e.Message.TrimEnd('.')}).", e);
        }

        RequireWhole(entries, dataBytes, path);
        return (entries, metadata);
    }

    internal static ref Utf8JsonReader Next(ref Utf8JsonReader json)
    {
        if (!json.Read()) throw new JsonException("it ends too early");
        return ref json;
    }

    private static Dictionary<string, string> Texts(ref Utf8JsonReader json, string path)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new InputException($"{path}: {MetadataKey} is a {json.TokenType}; an object of texts is allowed.");
        var texts = new Dictionary<string, string>();
        while (Next(ref json).TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            if (Next(ref json).TokenType != JsonTokenType.String)
                throw new InputException($"{path}: {MetadataKey} entry {Quoted.Of(key)} is a {json.TokenType}; a text is allowed.");
            if (!texts.TryAdd(key, json.GetString()!)) throw new InputException($"{path}: {MetadataKey} entry {Quoted.Of(key)} is there twice; once is allowed.");
        }

        return texts;
    }

    // As the format asks: the tensors lie one behind the other, without gaps, and are all there is.
    private static void RequireWhole(List<SafetensorsEntry> entries, long dataBytes, string path)
    {
        long position = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            var (begin, end) = (entry.Begin, entry.End);
            string tensor = $"{path}: tensor {Quoted.Of(entry.Name)}", lies = $"{tensor} is said to lie at bytes {begin}-{end}";
            if (TensorShape.Elements(entry.Shape) is not { } elements)
            {
                throw new InputException(
                    $"{tensor} has the shape {Quoted.Shape(entry.Shape)}; " +
                    $"up to {TensorShape.MostAxes} axes of 0 or more elements are allowed, together below 2^59.");
            }

            if (begin < 0 || end < begin || end > dataBytes)
                throw new InputException($"{lies}; there are {dataBytes} bytes: the file is cut short or damaged.");
            if (end - begin != elements * entry.Type.Bytes)
            {
                throw new InputException(
                    $"{lies}, but {entry.Type.Safetensors} of the shape {Quoted.Shape(entry.Shape)} takes {elements * entry.Type.Bytes} bytes.");
            }

            if (begin != position)
                throw new InputException($"{lies}; the tensors before it end at {position}, and neither gaps nor overlaps are allowed.");
            position = end;
        }

        if (position != dataBytes)
            throw new InputException($"{path}: there are {dataBytes - position} bytes more than its header says; the file is damaged.");
    }
}
