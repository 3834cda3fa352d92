using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Reads annotation files as text and as tables.</summary>
internal static class AnnotationText
{
    /// <exception cref="InputException">It is not UTF-8.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{file} is not UTF-8 text.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot read {file}: {e.Message}", e);
        }
    }

    /// <summary>Lines that are not blank, trimmed, with their numbers from 1.</summary>
    public static IEnumerable<(int Line, string Text)> Lines(string file) => Read(file).Split('\n')
        .Select((text, i) => (Line: i + 1, Text: text.Trim()))
        .Where(pair => pair.Text.Length > 0);

    /// <summary>Rows of comma-separated values.</summary>
    /// <exception cref="InputException">A quote is not closed.</exception>
    public static List<CsvRows.Row> Rows(string file)
    {
        try
        {
            return [.. CsvRows.Parse(Read(file))];
        }
        catch (FormatException e)
        {
            throw new InputException(file + e.Message, e);
        }
    }

    /// <summary>Positions of the <paramref name="required"/> columns in the header.</summary>
    /// <exception cref="InputException">One is missing or there twice.</exception>
    public static int[] Columns(string file, CsvRows.Row header, params ReadOnlySpan<string> required)
    {
        var positions = new int[required.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            string name = required[i];
            int count = header.Fields.Count(field => field == name);
            if (count != 1)
            {
                string hint = count == 0 ? NearestName.Hint(name, header.Fields) : "";
                throw new InputException(
                    $"{file}({header.Line}): column '{name}' is {(count == 0 ? "missing" : "there twice")}; the header is '{string.Join(',', header.Fields)}'{hint}");
            }

            positions[i] = header.Fields.ToList().IndexOf(name);
        }

        return positions;
    }
}
