using System.Globalization;
using System.Text.Json;

namespace MoViNetNAS.Spaces;

/// <summary>A value of a configuration file that knows its file, line and path, so that every mistake in it can be named.</summary>
/// <remarks>Files are JSON with comments and trailing commas. Readers ask for what they expect; a mistake is noted in the
/// document and a stand-in returned, so that all mistakes of a file are reported at once by <see cref="ConfigDocument.Bind"/>.</remarks>
public sealed class ConfigNode
{
    private readonly ConfigDocument _document;
    private readonly JsonValueKind _kind;
    private readonly string _text;

    internal ConfigNode(ConfigDocument document, JsonValueKind kind, string text, int line, string path)
    {
        (_document, _kind, _text, Line, Path) = (document, kind, text, line, path);
    }

    /// <summary>Line in the file, from 1; 0 for values that an override put there.</summary>
    public int Line { get; }

    /// <summary>Dotted path from the root, "blocks[1].width"; empty for the root.</summary>
    public string Path { get; }

    /// <summary>Entries of an object, in file order.</summary>
    internal List<KeyValuePair<string, ConfigNode>> Fields { get; } = [];

    internal List<ConfigNode> Elements { get; } = [];

    /// <summary>Reads an object whose keys must be among <paramref name="allowed"/>.</summary>
    public ConfigObject Object(params string[] allowed)
    {
        if (_kind != JsonValueKind.Object)
        {
            Fail($"must be an object with the keys {string.Join(", ", allowed)}, not {Described}");
            return new ConfigObject(this);
        }

        foreach (var (key, value) in Fields)
        {
            if (!allowed.Contains(key))
            {
                string hint = NearestName.Hint(key, allowed);
                value.FailAt($"unknown key '{value.Path}'{(hint.Length > 0 ? hint : ".")} Allowed here: {string.Join(", ", allowed)}");
            }
        }

        return new ConfigObject(this);
    }

    /// <summary>The value at <paramref name="key"/> of an object, or null: for objects whose kind decides which keys are allowed.</summary>
    public ConfigNode? Field(string key) => Fields.FirstOrDefault(field => field.Key == key).Value;

    /// <summary>The elements of an array of at least <paramref name="minimum"/> elements.</summary>
    public IReadOnlyList<ConfigNode> Array(int minimum = 0)
    {
        if (_kind != JsonValueKind.Array) Fail($"must be a list, not {Described}");
        else if (Elements.Count < minimum) Fail(minimum == 1 ? "must not be an empty list" : $"must have at least {minimum} elements, has {Elements.Count}");
        return Elements;
    }

    /// <summary>A whole number in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public int Int(int minimum, int maximum) => (int)Long(minimum, maximum);

    /// <summary>A whole number in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public long Long(long minimum, long maximum)
    {
        if (_kind == JsonValueKind.Number && decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && number == decimal.Truncate(number) && number >= minimum && number <= maximum)
        {
            return (long)number;
        }

        Fail($"must be a whole number from {minimum} to {maximum}, not {Described}");
        return minimum;
    }

    /// <summary>A number in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public double Number(double minimum, double maximum)
    {
        if (_kind == JsonValueKind.Number && double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Fail(FormattableString.Invariant($"must be a number from {minimum} to {maximum}, not {Described}"));
        return minimum;
    }

    /// <summary>True or false.</summary>
    public bool Bool()
    {
        if (_kind is JsonValueKind.True or JsonValueKind.False) return _kind == JsonValueKind.True;
        Fail($"must be true or false, not {Described}");
        return false;
    }

    /// <summary>A text that is not empty.</summary>
    public string Text()
    {
        if (_kind == JsonValueKind.String && _text.Length > 0) return _text;
        Fail($"must be a text, not {Described}");
        return "";
    }

    /// <summary>A text; null when it is empty.</summary>
    public string? TextOrEmpty()
    {
        if (_kind != JsonValueKind.String) Fail($"must be a text, not {Described}");
        return _text.Length > 0 && _kind == JsonValueKind.String ? _text : null;
    }

    /// <summary>One of the names in <paramref name="choices"/>.</summary>
    public T OneOf<T>(IReadOnlyDictionary<string, T> choices)
    {
        if (_kind == JsonValueKind.String && choices.TryGetValue(_text, out var value)) return value;
        string hint = _kind == JsonValueKind.String ? NearestName.Hint(_text, choices.Keys) : "";
        Fail($"must be one of {string.Join(", ", choices.Keys)}, not {Described}{hint}");
        return choices.Values.First();
    }

    /// <summary>Mistakes noted in the document so far: a value read meanwhile may be a stand-in.</summary>
    internal int MistakeCount => _document.Mistakes.Count;

    /// <summary>Notes a mistake at this value; <paramref name="what"/> continues the sentence that the path begins.</summary>
    public void Fail(string what) => FailAt(Path.Length > 0 ? $"{Path} {what}" : what);

    /// <summary>Whether it is an object, where something shorter is allowed too.</summary>
    public bool IsObject => _kind == JsonValueKind.Object;

    /// <summary>Whether it is a list, where a single value is allowed too.</summary>
    public bool IsList => _kind == JsonValueKind.Array;

    /// <summary>Whether it is a text, where a number is allowed too.</summary>
    public bool IsText => _kind == JsonValueKind.String;

    internal string Described => _kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{_text}'",
        _ => _text,
    };

    private void FailAt(string sentence) =>
        _document.Mistakes.Add($"{(Line > 0 ? $"{_document.File}({Line})" : "--set")}: {sentence}{(sentence.EndsWith('?') ? "" : ".")}");
}
