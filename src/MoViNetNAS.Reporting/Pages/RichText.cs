namespace MoViNetNAS.Reporting;

/// <summary>The marks that a text of a page may hold: `code`, [@key] for a cited work and [#id] for a figure or table.</summary>
public static class RichText
{
    /// <summary>A text from outside as code, whatever is in it.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : $"`{text.Replace('`', '\'').Replace('\n', ' ')}`";

    /// <summary>A text from outside as words, whatever is in it.</summary>
    public static string Words(string text) =>
        text.Replace('`', '\'').Replace("[@", "[ @", StringComparison.Ordinal).Replace("[#", "[ #", StringComparison.Ordinal);

    /// <summary>The parts of a text, in order; an opening mark without its end is words.</summary>
    public static IEnumerable<RichSpan> Parse(string text)
    {
        int from = 0;
        for (int at = 0; at < text.Length; at++)
        {
            char next = at + 1 < text.Length ? text[at + 1] : ' ';
            if (text[at] != '`' && (text[at] != '[' || next is not ('@' or '#'))) continue;
            var (kind, open, close) = text[at] == '`' ? (RichSpanKind.Code, 1, '`') : (next == '@' ? RichSpanKind.Citation : RichSpanKind.Label, 2, ']');
            int end = text.IndexOf(close, at + open);
            if (end < 0) continue;
            if (at > from) yield return new RichSpan(RichSpanKind.Words, text[from..at]);
            yield return new RichSpan(kind, text[(at + open)..end]);
            (from, at) = (end + 1, end);
        }

        if (from < text.Length) yield return new RichSpan(RichSpanKind.Words, text[from..]);
    }
}
