using System.Collections;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Reads a number, or the one word that may stand in its place.</summary>
public static class NumberOrName
{
    /// <summary>The number, or null for <paramref name="name"/>.</summary>
    public static double? Read(ConfigNode node, string name, double minimum, double maximum)
    {
        if (TextOf(node) is not { } text) return node.Number(minimum, maximum);
        if (text != name) node.Fail(FormattableString.Invariant($"must be a number from {minimum} to {maximum} or '{name}', not '{text}'"));
        return null;
    }

    // ConfigNode notes a mistake whenever it is asked for a text and holds something else, and does not say what it holds.
    // Its OneOf looks a text up before it complains, and lists the choices' names when it complains: that tells the two apart.
    private static string? TextOf(ConfigNode node)
    {
        try
        {
            return node.OneOf(new AnyText());
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private sealed class AnyText : IReadOnlyDictionary<string, string>
    {
        public IEnumerable<string> Keys => throw new NotSupportedException("not a text");

        public IEnumerable<string> Values => [];

        public int Count => 0;

        public string this[string key] => key;

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, out string value)
        {
            value = key;
            return true;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, string>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
