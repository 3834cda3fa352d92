using System.Text;

namespace MoViNetNAS.Data;

/// <summary>Comma-separated values (RFC 4180): quoted fields may hold commas, doubled quotes and line ends.</summary>
public static class CsvRows
{
    /// <summary>A row.</summary>
    /// <param name="Line">The line it begins on, from 1.</param>
    /// <param name="Fields">Its fields, trimmed unless quoted.</param>
    public sealed record Row(int Line, IReadOnlyList<string> Fields);

    /// <summary>The rows of <paramref name="text"/>, blank lines left out; a quote that is never closed is a fault of its line.</summary>
    /// <exception cref="FormatException">A quoted field is not closed or goes on after its quote; says the line.</exception>
    public static IEnumerable<Row> Parse(string text)
    {
        int position = 0, line = 1;
        while (position < text.Length)
        {
            int first = line;
            List<string> fields = [];
            do fields.Add(Field(text, ref position, ref line)); while (Skip(text, ref position, ','));
            Skip(text, ref position, '\r');
            if (Skip(text, ref position, '\n')) line++;
            if (fields is not [""]) yield return new Row(first, fields);
        }
    }

    private static string Field(string text, ref int position, ref int line)
    {
        while (position < text.Length && text[position] is (' ' or '\t')) position++;
        if (!Skip(text, ref position, '"'))
        {
            int end = text.AsSpan(position).IndexOfAny(",\r\n");
            end = end < 0 ? text.Length : position + end;
            string plain = text[position..end].Trim();
            position = end;
            return plain;
        }

        int first = line;
        var quoted = new StringBuilder();
        while (position < text.Length)
        {
            char c = text[position++];
            if (c == '\n') line++;
            if (c != '"') quoted.Append(c);
            else if (Skip(text, ref position, '"')) quoted.Append('"');
            else
            {
                while (position < text.Length && text[position] is (' ' or '\t')) position++;
                if (position < text.Length && text[position] is not (',' or '\r' or '\n'))
                    throw new FormatException($"({line}): text follows the closing quote of a field; a quote inside a quoted field is doubled.");
                return quoted.ToString();
            }
        }

        throw new FormatException($"({first}): the quoted field that begins here is never closed.");
    }

    private static bool Skip(string text, ref int position, char c)
    {
        if (position >= text.Length || text[position] != c) return false;
        position++;
        return true;
    }
}
