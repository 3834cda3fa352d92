using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>A table of texts, to be shown in any form.</summary>
/// <param name="Headers">Names of the columns.</param>
/// <param name="Rows">Cells, as many in each row as there are headers.</param>
/// <param name="IsNumber">Which columns are numbers, which stand to the right.</param>
public sealed record TextTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<bool> IsNumber)
{
    /// <summary>Aligned plain text, two spaces between the columns.</summary>
    public string ToText()
    {
        int[] widths = [.. Headers.Select((header, column) => Rows.Select(row => row[column].Length).Append(header.Length).Max())];
        var text = new StringBuilder();
        AppendLine(Headers);
        AppendLine([.. widths.Select(width => new string('-', width))]);
        foreach (var row in Rows) AppendLine(row);
        return text.ToString();

        void AppendLine(IReadOnlyList<string> cells)
        {
            var padded = cells.Select((cell, column) => IsNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", padded).TrimEnd()).Append('\n');
        }
    }

    /// <summary>A Markdown table.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        AppendLine(Headers);
        text.Append('|').AppendJoin('|', IsNumber.Select(isNumber => isNumber ? "---:" : "---")).Append("|\n");
        foreach (var row in Rows) AppendLine(row);
        return text.ToString();

        void AppendLine(IReadOnlyList<string> cells) => text.Append("| ")
            .AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' '))).Append(" |\n");
    }

    /// <summary>A LaTeX table with the rules of the booktabs package.</summary>
    public string ToLatex()
    {
        var text = new StringBuilder();
        text.Append("\\begin{tabular}{").AppendJoin("", IsNumber.Select(isNumber => isNumber ? 'r' : 'l')).Append("}\n\\toprule\n");
        AppendLine(Headers);
        text.Append("\\midrule\n");
        foreach (var row in Rows) AppendLine(row);
        return text.Append("\\bottomrule\n\\end{tabular}\n").ToString();

        void AppendLine(IReadOnlyList<string> cells) => text.AppendJoin(" & ", cells.Select(Escape)).Append(" \\\\\n");
    }

    private static string Escape(string cell) => string.Concat(cell.Select(c => c switch
    {
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => "\\" + c,
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        _ => c.ToString(),
    }));
}
