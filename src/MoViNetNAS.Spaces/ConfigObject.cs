namespace MoViNetNAS.Spaces;

/// <summary>An object of a configuration file whose keys have been checked.</summary>
public sealed class ConfigObject
{
    private readonly ConfigNode _node;

    internal ConfigObject(ConfigNode node) => _node = node;

    /// <summary>Reads <paramref name="key"/>, or notes that it is missing and returns <paramref name="standIn"/>.</summary>
    public T Required<T>(string key, Func<ConfigNode, T> read, T standIn)
    {
        if (Find(key) is { } value) return read(value);
        _node.Fail($"{(_node.Path.Length > 0 ? "" : "the file ")}needs the key '{key}'");
        return standIn;
    }

    /// <summary>Reads <paramref name="key"/>, or returns <paramref name="missing"/> when it is not there.</summary>
    public T Optional<T>(string key, Func<ConfigNode, T> read, T missing) => Find(key) is { } value ? read(value) : missing;

    /// <summary>Whether <paramref name="key"/> is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    private ConfigNode? Find(string key) => _node.Fields.FirstOrDefault(field => field.Key == key).Value;
}
