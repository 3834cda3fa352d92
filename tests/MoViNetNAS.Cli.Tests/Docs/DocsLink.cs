using System.Text.RegularExpressions;

namespace MoViNetNAS.Cli.Tests.Docs;

/// <summary>A link of a page to something in the repository.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Page">The page's path.</param>
/// <param name="Label">What is shown.</param>
/// <param name="Target">What it points to: a path from the page, perhaps with an anchor.</param>
internal sealed partial record DocsLink(string Place, string Page, string Label, string Target)
{
    /// <summary>The links of a page that do not lead out into the web.</summary>
    public static IEnumerable<DocsLink> Of(string page)
    {
        string[] lines = File.ReadAllLines(page);
        bool isCode = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            if (isCode) continue;
            foreach (Match match in Link().Matches(lines[i]))
                if (!match.Groups[2].Value.Contains("://", StringComparison.Ordinal)) yield return new DocsLink($"{DocsPages.Name(page)}({i + 1})", page, match.Groups[1].Value, match.Groups[2].Value);
        }
    }

    /// <summary>The file or folder it points to.</summary>
    public string Path => Target.StartsWith('#') ? Page : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Page)!, Target.Split('#')[0]));

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Mistake()
    {
        if (!File.Exists(Path) && !Directory.Exists(Path)) return $"{Place}: there is no {Target}";
        if (Target.Split('#') is [_, var anchor] && Path.EndsWith(".md", StringComparison.Ordinal) && !Anchors(Path).Contains(anchor)) return $"{Place}: {DocsPages.Name(Path)} has no heading #{anchor}";
        if (!Path.EndsWith(".cs", StringComparison.Ordinal) || !Label.StartsWith('`')) return null;
        string[] names = Label.Trim('`').Split('.');
        if (names[0] != System.IO.Path.GetFileNameWithoutExtension(Path)) return $"{Place}: {Label} leads to {System.IO.Path.GetFileName(Path)}";
        string text = File.ReadAllText(Path);
        return names.FirstOrDefault(name => !Regex.IsMatch(text, $@"\b{name}\b")) is { } lost ? $"{Place}: {System.IO.Path.GetFileName(Path)} has no {lost}" : null;
    }

    // As GitHub names the anchor of a heading.
    private static IEnumerable<string> Anchors(string page) => File.ReadAllLines(page)
        .Where(line => line.StartsWith('#'))
        .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N}\s_-]")]
    private static partial Regex NoAnchor();
}
