using System.Text;
using System.Text.Json;

namespace MoViNetNAS.Spaces;

/// <summary>A parsed configuration file: its root, and the mistakes that readers found in it.</summary>
public sealed class ConfigDocument
{
    private static readonly JsonReaderOptions Dialect = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private ConfigDocument(string file) => File = file;

    /// <summary>The name mistakes are reported under.</summary>
    public string File { get; }

    internal List<string> Mistakes { get; } = [];

    /// <summary>Reads and binds the file at <paramref name="path"/>.</summary>
    /// <param name="path">A JSON file with comments.</param>
    /// <param name="bind">Makes the value from the root.</param>
    /// <param name="overrides">"a.b=c" or "a[0].b=c" texts applied before binding; c is JSON, or else a text.</param>
    /// <exception cref="InputException">The file is missing, not JSON, or has mistakes; all of them are listed.</exception>
    public static T Load<T>(string path, Func<ConfigNode, T> bind, IReadOnlyList<string>? overrides = null)
    {
        string text;
        try
        {
            text = System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"there is no file {path}{NearestName.FileEnd(path)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"cannot read '{path}': {e.Message}", e);
        }

        return Bind(path, text, bind, overrides);
    }

    /// <summary>Binds <paramref name="text"/>, which mistakes call <paramref name="file"/>.</summary>
    /// <exception cref="InputException">As <see cref="Load"/>.</exception>
    public static T Bind<T>(string file, string text, Func<ConfigNode, T> bind, IReadOnlyList<string>? overrides = null)
    {
        var document = new ConfigDocument(file);
        var root = document.Parse(text, line: 1, path: "");
        foreach (string assignment in overrides ?? []) document.Override(root, assignment);
        document.ThrowMistakes();
        var value = bind(root);
        document.ThrowMistakes();
        return value;
    }

    private ConfigNode Parse(string text, int line, string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Dialect);
        var lines = new LineCounter(bytes, line);
        try
        {
            reader.Read();
            var node = ParseValue(ref reader, lines, path);
            if (reader.Read()) throw new InputException($"{File}({lines.At(reader.TokenStartIndex)}): text after the end of the value.");
            return node;
        }
        catch (JsonException e)
        {
            throw new InputException($"{File}({line + (e.LineNumber ?? 0)}): not valid JSON: {FirstSentence(e.Message)}", e);
        }
        catch (InvalidOperationException e)
        {
            // The reader's answer to an escaped half of a surrogate pair.
            throw new InputException($"{File}({lines.At(reader.TokenStartIndex)}): a text that is not valid Unicode.", e);
        }
    }

    private ConfigNode ParseValue(ref Utf8JsonReader reader, LineCounter lines, string path)
    {
        int line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var node = new ConfigNode(this, JsonValueKind.Object, "", line, path);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string key = reader.GetString()!;
                    int keyLine = lines.At(reader.TokenStartIndex);
                    string keyPath = path.Length > 0 ? $"{path}.{key}" : key;
                    if (node.Fields.Any(field => field.Key == key)) Mistakes.Add($"{File}({keyLine}): the key '{keyPath}' is there twice.");
                    reader.Read();
                    node.Fields.Add(new(key, ParseValue(ref reader, lines, keyPath)));
                }

                return node;
            case JsonTokenType.StartArray:
                var list = new ConfigNode(this, JsonValueKind.Array, "", line, path);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Elements.Add(ParseValue(ref reader, lines, $"{path}[{list.Elements.Count}]"));
                return list;
            case JsonTokenType.String:
                return new ConfigNode(this, JsonValueKind.String, reader.GetString()!, line, path);
            case JsonTokenType.Number:
                return new ConfigNode(this, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), line, path);
            case JsonTokenType.True:
                return new ConfigNode(this, JsonValueKind.True, "true", line, path);
            case JsonTokenType.False:
                return new ConfigNode(this, JsonValueKind.False, "false", line, path);
            default:
                return new ConfigNode(this, JsonValueKind.Null, "null", line, path);
        }
    }

    private void Override(ConfigNode root, string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new InputException($"--set {assignment}: write it as path=value, for example search.steps=200.");
        string path = assignment[..equals], text = assignment[(equals + 1)..];
        string[] steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var at = root;
        foreach (string step in steps[..^1]) at = Enter(at, step, assignment);
        Put(at, steps[^1], OverrideValue(text, path), assignment);
    }

    private ConfigNode OverrideValue(string text, string path)
    {
        try
        {
            return Parse(text, line: 0, path);
        }
        catch (InputException)
        {
            return new ConfigNode(this, JsonValueKind.String, text, line: 0, path); // not JSON: a text without quotes
        }
    }

    private ConfigNode Enter(ConfigNode at, string step, string assignment)
    {
        if (step.StartsWith('[')) return at.Elements[ElementIndex(at, step, assignment)];
        RequireObject(at, step, assignment);
        if (at.Fields.FirstOrDefault(field => field.Key == step).Value is { } known) return known;
        var made = new ConfigNode(this, JsonValueKind.Object, "", line: 0, at.Path.Length > 0 ? $"{at.Path}.{step}" : step);
        at.Fields.Add(new(step, made));
        return made;
    }

    private static void Put(ConfigNode at, string step, ConfigNode value, string assignment)
    {
        if (step.StartsWith('['))
        {
            at.Elements[ElementIndex(at, step, assignment)] = value;
            return;
        }

        RequireObject(at, step, assignment);
        int position = at.Fields.FindIndex(field => field.Key == step);
        if (position < 0) at.Fields.Add(new(step, value));
        else at.Fields[position] = new(step, value);
    }

    private static int ElementIndex(ConfigNode at, string step, string assignment) =>
        step.EndsWith(']') && int.TryParse(step[1..^1], out int index) && index >= 0 && index < at.Elements.Count
            ? index
            : throw new InputException($"--set {assignment}: {at.Path} has {at.Elements.Count} elements, counted from [0]; there is no {step}.");

    private static void RequireObject(ConfigNode at, string step, string assignment)
    {
        if (!at.IsObject && at.Path.Length > 0)
            throw new InputException($"--set {assignment}: {at.Path} is {at.Described} and has no '{step}'.");
    }

    private void ThrowMistakes()
    {
        if (Mistakes.Count > 0) throw new InputException(string.Join(Environment.NewLine, Mistakes));
    }

    private static string FirstSentence(string message) => message.Split(" Path:")[0].Split(" LineNumber:")[0];

    private sealed class LineCounter(byte[] bytes, int firstLine)
    {
        private int _line = firstLine;
        private long _position;

        public int At(long position)
        {
            for (; _position < position; _position++)
                if (bytes[_position] == (byte)'\n') _line++;
            return _line;
        }
    }
}
