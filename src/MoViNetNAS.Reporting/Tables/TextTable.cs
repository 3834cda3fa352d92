using System.Globalization;
using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>A table of texts with the numbers behind them, to be shown in any form.</summary>
/// <param name="Headers">Names of the columns.</param>
/// <param name="Rows">Cells, as many in each row as there are headers.</param>
/// <param name="IsNumber">Which columns are numbers, which stand to the right.</param>
public sealed record TextTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<bool> IsNumber)
{
    /// <summary>Name of the column of half widths of 95 % intervals in CSV files, behind the column's own.</summary>
    public const string HalfWidthSuffix = "HalfWidth95";

    /// <summary>Names of the columns in CSV files.</summary>
    public IReadOnlyList<string> Keys { get; init; } = Headers;

    /// <summary>Cells with their exact numbers, shaped as <see cref="Rows"/>.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Cells { get; init; } = [.. Rows.Select(row => row.Select(text => new TableCell(text)).ToArray())];

    /// <summary>Which value of each column is the best.</summary>
    public IReadOnlyList<BestIs> Best { get; init; } = [.. Headers.Select(_ => BestIs.Unranked)];

    /// <summary>The table of <paramref name="rows"/>; columns that have nothing in any row are left out.</summary>
    public static TextTable Of<TRow>(IEnumerable<TRow> rows, IReadOnlyList<TableColumn<TRow>> columns)
    {
        TRow[] all = [.. rows];
        var filled = columns.Where(column => all.Length == 0 || all.Any(row => column.Cell(row).Text.Length > 0)).ToArray();
        TableCell[][] cells = [.. all.Select(row => filled.Select(column => column.Cell(row)).ToArray())];
        return new TextTable(
            [.. filled.Select(column => column.Header)], [.. cells.Select(row => row.Select(cell => cell.Text).ToArray())], [.. filled.Select(column => column.IsNumber)])
        {
            Keys = [.. filled.Select(column => column.Key)],
            Cells = cells,
            Best = [.. filled.Select(column => column.Best)],
        };
    }

    /// <summary>The table without some columns, by key; keys that it does not have are passed over.</summary>
    public TextTable Without(params string[] keys)
    {
        int[] kept = [.. Enumerable.Range(0, Headers.Count).Where(column => !keys.Contains(Keys[column]))];
        T[] Kept<T>(IReadOnlyList<T> all) => [.. kept.Select(column => all[column])];
        return new TextTable(Kept(Headers), [.. Rows.Select(Kept)], Kept(IsNumber)) { Keys = Kept(Keys), Cells = [.. Cells.Select(Kept)], Best = Kept(Best) };
    }

    /// <summary>Some of its rows; none of them is marked as best, because the best may be in another part.</summary>
    internal TextTable Part(int first, int count) =>
        this with { Rows = [.. Rows.Skip(first).Take(count)], Cells = [.. Cells.Skip(first).Take(count)], Best = [.. Best.Select(_ => BestIs.Unranked)] };

    /// <summary>Whether a cell is to be bold: it has its column's best value, or one that looks the same.</summary>
    /// <remarks>The best mean is marked and with it every mean that is shown with the same digits, because a reader cannot tell them apart; nothing
    /// where all rows are alike or only one has a value. Whether a difference is more than chance, the intervals and p-values say, not the mark.</remarks>
    public bool IsBest(int row, int column)
    {
        if (Best[column] == BestIs.Unranked || Cells[row][column].Value is null) return false;
        TableCell[] valued = [.. Cells.Select(cells => cells[column]).Where(cell => cell.Value is not null)];
        var best = Best[column] == BestIs.Highest ? valued.MaxBy(cell => cell.Value)! : valued.MinBy(cell => cell.Value)!;
        return valued.Any(cell => cell.ShownMean != best.ShownMean) && Cells[row][column].ShownMean == best.ShownMean;
    }

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

    /// <summary>A Markdown table; the best of a column is bold.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        AppendLine(Headers.Select(Escape));
        text.Append('|').AppendJoin('|', IsNumber.Select(isNumber => isNumber ? "---:" : "---")).Append("|\n");
        for (int r = 0; r < Rows.Count; r++) AppendLine(Rows[r].Select((cell, c) => IsBest(r, c) ? $"**{Escape(cell)}**" : Escape(cell)));
        return text.ToString();

        void AppendLine(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
    }

    /// <summary>CSV (RFC 4180) with exact numbers: where a cell has one, it stands instead of the text; intervals have a column of their own.</summary>
    public string ToCsv()
    {
        bool[] hasInterval = [.. Headers.Select((_, column) => Cells.Any(row => row[column].HalfWidth is not null))];
        var text = new StringBuilder();
        AppendLine(Keys, (key, column) => hasInterval[column] ? [Quoted(key), Quoted(key + HalfWidthSuffix)] : [Quoted(key)]);
        foreach (var row in Cells)
            AppendLine(row, (cell, column) => hasInterval[column] ? [Exact(cell.Value) ?? Quoted(cell.Text), Exact(cell.HalfWidth) ?? ""] : [Exact(cell.Value) ?? Quoted(cell.Text)]);
        return text.ToString();

        void AppendLine<T>(IReadOnlyList<T> cells, Func<T, int, string[]> fields) => text.AppendJoin(',', cells.SelectMany(fields)).Append('\n');
        static string? Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
        static string Quoted(string field) =>
            field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A LaTeX tabular with the rules of the booktabs package; the best of a column is bold.</summary>
    public string ToLatex()
    {
        var text = new StringBuilder();
        text.Append("\\begin{tabular}{@{}").AppendJoin("", IsNumber.Select(isNumber => isNumber ? 'r' : 'l')).Append("@{}}\n\\toprule\n");
        AppendLine(Headers.Select(LatexText.Escape));
        text.Append("\\midrule\n");
        for (int r = 0; r < Rows.Count; r++) AppendLine(Rows[r].Select((cell, c) => IsBest(r, c) ? $"\\textbf{{{Shown(cell, c)}}}" : Shown(cell, c)));
        return text.Append("\\bottomrule\n\\end{tabular}\n").ToString();

        void AppendLine(IEnumerable<string> cells) => text.AppendJoin(" & ", cells).Append(" \\\\\n");
        string Shown(string cell, int column) => LatexText.Escape(IsNumber[column] ? WithMinus(cell) : cell);
    }

    /// <summary>An HTML table: headings with scope, the first text column as headings of the rows, exact numbers as sort keys (<c>data-value</c>).</summary>
    /// <param name="caption">What it shows, already as HTML; none when empty.</param>
    public string ToHtml(string caption = "")
    {
        var text = new StringBuilder("<table>\n");
        if (caption.Length > 0) text.Append("<caption>").Append(caption).Append("</caption>\n");
        int heading = IsNumber.ToList().FindIndex(isNumber => !isNumber);
        text.Append("<thead><tr>");
        for (int c = 0; c < Headers.Count; c++)
            text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" data-sort=\"{(IsNumber[c] ? "number" : "text")}\">{HtmlText.Escape(Headers[c])}</th>");
        text.Append("</tr></thead>\n<tbody>\n");
        for (int r = 0; r < Rows.Count; r++)
        {
            text.Append("<tr>");
            for (int c = 0; c < Headers.Count; c++)
            {
                string name = c == heading ? "th" : "td";
                string shown = HtmlText.Escape(IsNumber[c] ? WithMinus(Rows[r][c]) : Rows[r][c]);
                text.Append('<').Append(name).Append(c == heading ? " scope=\"row\"" : IsNumber[c] ? " class=\"number\"" : "");
                if (Cells[r][c].Value is { } value) text.Append(CultureInfo.InvariantCulture, $" data-value=\"{value:R}\"");
                text.Append('>').Append(IsBest(r, c) ? $"<strong>{shown}</strong>" : shown).Append("</").Append(name).Append('>');
            }

            text.Append("</tr>\n");
        }

        return text.Append("</tbody>\n</table>\n").ToString();
    }

    // A hyphen before a number is typeset as a minus.
    private static string WithMinus(string cell) => cell.Length > 1 && cell[0] == '-' && char.IsAsciiDigit(cell[1]) ? "−" + cell[1..] : cell;
}
