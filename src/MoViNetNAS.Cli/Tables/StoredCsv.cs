using System.Globalization;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tables;

/// <summary>A CSV file that a command of this program wrote, read by the names of its columns.</summary>
internal sealed class StoredCsv
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _columns;

    private StoredCsv(string path, IReadOnlyList<string> columns, IReadOnlyList<CsvRows.Row> rows) => (_path, _columns, Rows) = (path, columns, rows);

    public IReadOnlyList<CsvRows.Row> Rows { get; }

    /// <exception cref="InputException">It is missing, lacks a column, or has no rows.</exception>
    public static StoredCsv Read(string folder, string name, string maker, params string[] columns)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path)) throw new InputException($"{folder} has no {name}: it is not a folder that {maker} wrote.");
        try
        {
            CsvRows.Row[] rows = [.. CsvRows.Parse(File.ReadAllText(path))];
            if (rows.Length < 2) throw new InputException($"{path} has no rows.");
            if (columns.FirstOrDefault(column => !rows[0].Fields.Contains(column)) is { } missing)
                throw new InputException($"{path}(1): there is no column '{missing}'{NearestName.End(missing, rows[0].Fields)}");
            if (rows.FirstOrDefault(row => row.Fields.Count != rows[0].Fields.Count) is { } odd)
                throw new InputException($"{path}({odd.Line}): {rows[0].Fields.Count} fields are expected, not {odd.Fields.Count}.");
            return new StoredCsv(path, rows[0].Fields, rows[1..]);
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}{e.Message}", e);
        }
    }

    /// <summary>The text in a column.</summary>
    public string Text(CsvRows.Row row, string column) => row.Fields[_columns.ToList().IndexOf(column)];

    /// <summary>The number in a column; an empty field is 0: what was not found.</summary>
    /// <exception cref="InputException">It is no number.</exception>
    public double Number(CsvRows.Row row, string column) => Text(row, column) is { Length: > 0 } text
        ? double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : throw new InputException($"{_path}({row.Line}): {column} must be a number, not '{text}'.")
        : 0;
}
