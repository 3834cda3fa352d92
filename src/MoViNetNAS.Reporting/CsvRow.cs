using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>A row of a <see cref="CsvTable"/>.</summary>
public sealed class CsvRow
{
    private readonly CsvTable _table;
    private readonly IReadOnlyList<string> _cells;

    internal CsvRow(CsvTable table, int line, IReadOnlyList<string> cells) => (_table, Line, _cells) = (table, line, cells);

    /// <summary>Line of the file, from 1, for messages.</summary>
    public int Line { get; }

    /// <summary>A cell as it stands.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string Text(string column) => _cells[_table.IndexOf(column)];

    /// <summary>A cell as a number.</summary>
    /// <exception cref="InputException">There is no such column, or the cell is no finite number.</exception>
    public double Number(string column) => NumberOrNone(column) ?? throw Wrong(column, "a number");

    /// <summary>A cell as a number; null where it is empty.</summary>
    /// <exception cref="InputException">There is no such column, or the cell is neither empty nor a finite number.</exception>
    public double? NumberOrNone(string column)
    {
        string text = Text(column);
        if (text.Length == 0) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : throw Wrong(column, "a number");
    }

    /// <summary>A cell as a whole number, at least <paramref name="least"/>.</summary>
    /// <exception cref="InputException">There is no such column, or the cell is no such number.</exception>
    public long Whole(string column, long least = 0) =>
        long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least ? value : throw Wrong(column, $"a whole number from {least}");

    private InputException Wrong(string column, string allowed) => new($"{_table.Name}({Line}): {column} must be {allowed}, not '{Text(column)}'.");
}
