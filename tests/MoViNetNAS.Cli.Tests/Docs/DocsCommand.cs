using System.Text;

namespace MoViNetNAS.Cli.Tests.Docs;

/// <summary>A line of the documentation that begins with `./movinet`.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Text">The line, without what follows a comment sign.</param>
/// <param name="IsRun">Whether its block says that a test runs it.</param>
internal sealed record DocsCommand(string Place, string Text, bool IsRun)
{
    private const string Program = "./movinet ";

    /// <summary>What the shell would give the program.</summary>
    public string[] Arguments => Split(Text[Program.Length..]);

    /// <summary>The commands of a Markdown page, in their order.</summary>
    public static IEnumerable<DocsCommand> Of(string page)
    {
        string[] lines = File.ReadAllLines(page);
        string? fence = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.StartsWith("```", StringComparison.Ordinal)) fence = fence is null ? line[3..] : null;
            else if (fence is not null && line.StartsWith(Program, StringComparison.Ordinal)) yield return new DocsCommand($"{DocsPages.Name(page)}({i + 1})", line, fence == "sh run");
        }

        Assert.True(fence is null, $"{DocsPages.Name(page)} has a block that does not end");
    }

    /// <summary>The commands in the comment at the head of an experiment: each ends where prose begins, at " (", " or " or the line's end.</summary>
    public static IEnumerable<DocsCommand> OfComment(string experiment)
    {
        string[] lines = File.ReadAllLines(experiment);
        for (int i = 0; i < lines.Length && lines[i].StartsWith("//", StringComparison.Ordinal); i++)
        {
            for (int at = lines[i].IndexOf(Program, StringComparison.Ordinal); at >= 0; at = lines[i].IndexOf(Program, at + 1, StringComparison.Ordinal))
            {
                string text = lines[i][at..];
                int end = new[] { " (", ", or ", " or " }.Select(prose => text.IndexOf(prose, StringComparison.Ordinal)).Where(found => found >= 0).DefaultIfEmpty(text.Length).Min();
                yield return new DocsCommand($"{DocsPages.Name(experiment)}({i + 1})", text[..end].TrimEnd(), IsRun: false);
            }
        }
    }

    /// <summary>Splits as a shell does: at spaces outside quotes, up to a comment.</summary>
    public static string[] Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        bool isWord = false;
        foreach (char c in text)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                isWord = true;
            }
            else if (quote == '\0' && c == '#' && !isWord)
            {
                break;
            }
            else if (quote == '\0' && c == ' ')
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord) words.Add(word.ToString());
        return [.. words];
    }
}
