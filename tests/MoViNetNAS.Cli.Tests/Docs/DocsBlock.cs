namespace MoViNetNAS.Cli.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Place">File and line of its first line.</param>
/// <param name="Language">What stands behind the fence, "json space".</param>
/// <param name="Text">Its lines, each with a line end.</param>
internal sealed record DocsBlock(string Place, string Language, string Text)
{
    /// <summary>The blocks of a page.</summary>
    public static IEnumerable<DocsBlock> Of(string page)
    {
        string[] lines = File.ReadAllLines(page);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            int end = Array.FindIndex(lines, i + 1, line => line == "```");
            Assert.True(end > 0, $"{DocsPages.Name(page)}({i + 1}): the block does not end");
            yield return new DocsBlock($"{DocsPages.Name(page)}({i + 2})", lines[i][3..], string.Concat(lines[(i + 1)..end].Select(line => line + "\n")));
            i = end;
        }
    }
}
