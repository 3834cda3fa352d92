using System.Text;
using System.Text.Json;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Reads the two shapes of JSON annotations, an object of texts and a list of flat objects, with the line of each.</summary>
internal sealed class JsonLines(string file)
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(AnnotationText.Read(file).TrimStart('\uFEFF'));
    private long _counted;
    private int _line = 1;

    /// <summary>The entries of an object whose values are texts or numbers.</summary>
    /// <exception cref="InputException">It is not JSON, or not of that shape.</exception>
    public List<(int Line, string Name, string Text)> Texts() => Parsed(() =>
    {
        List<(int, string, string)> entries = [];
        var reader = new Utf8JsonReader(_bytes);
        Expect(ref reader, JsonTokenType.StartObject, "an object of texts");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int line = LineAt(reader.TokenStartIndex);
            string name = reader.GetString()!;
            reader.Read();
            entries.Add((line, name, Scalar(ref reader)));
        }

        return entries;
    });

    /// <summary>The texts of the <paramref name="keys"/> of every object of a list; empty where one is missing.</summary>
    /// <exception cref="InputException">It is not JSON, or not of that shape.</exception>
    public List<(int Line, string[] Values)> Objects(params string[] keys) => Parsed(() =>
    {
        List<(int, string[])> objects = [];
        var reader = new Utf8JsonReader(_bytes);
        Expect(ref reader, JsonTokenType.StartArray, "a list of objects");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int line = LineAt(reader.TokenStartIndex);
            if (reader.TokenType != JsonTokenType.StartObject) throw Wrong(line, "must be an object");
            string[] values = [.. keys.Select(_ => "")];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int key = Array.IndexOf(keys, reader.GetString());
                reader.Read();
                if (key < 0) reader.Skip();
                else values[key] = Scalar(ref reader);
            }

            objects.Add((line, values));
        }

        return objects;
    });

    private T Parsed<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (JsonException e)
        {
            throw Wrong((int)(e.LineNumber ?? 0) + 1, $"is not JSON: {e.Message.Split(" LineNumber:")[0].TrimEnd('.')}");
        }
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType token, string what)
    {
        if (!reader.Read() || reader.TokenType != token) throw Wrong(1, $"must be {what}");
    }

    private static string Scalar(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
        if (reader.TokenType == JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        reader.Skip();
        return "";
    }

    // Positions only rise, so that all lines are counted in one pass.
    private int LineAt(long position)
    {
        for (; _counted < position; _counted++)
            if (_bytes[_counted] == (byte)'\n') _line++;
        return _line;
    }

    private InputException Wrong(int line, string what) => new($"{file}({line}): {what}.");
}
