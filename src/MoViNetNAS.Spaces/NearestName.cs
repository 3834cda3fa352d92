namespace MoViNetNAS.Spaces;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>The nearest of <paramref name="candidates"/> by edit distance, or null when none is near enough (a third of the length, at least 2 edits, and something in common).</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        int limit = Math.Max(2, name.Length / 3);
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: EditDistance(name, candidate)))
            .Where(pair => pair.Distance <= limit && pair.Distance < pair.Candidate.Length)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>"; did you mean 'x'?" for the nearest of <paramref name="candidates"/>, or an empty text.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Of(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>As <see cref="Hint"/>, or the full stop that ends the sentence without one.</summary>
    public static string End(string name, IEnumerable<string> candidates) => Hint(name, candidates) is { Length: > 0 } hint ? hint : ".";

    /// <summary>The end of a sentence that says a file is missing: the nearest name beside it, or a full stop.</summary>
    /// <param name="path">The missing file or folder.</param>
    public static string FileEnd(string path)
    {
        try
        {
            string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            string? folder = Path.GetDirectoryName(whole);
            return Directory.Exists(folder)
                ? End(Path.GetFileName(whole), Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
                : "; the folder does not exist either.";
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return "."; // the path is none, or its folder may not be listed
        }
    }

    private static int EditDistance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + substitution);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
