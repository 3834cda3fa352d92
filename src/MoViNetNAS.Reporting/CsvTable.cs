using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>A CSV file (RFC 4180) that was read: rows of cells under named columns.</summary>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns = [];

    private CsvTable(string name, string text)
    {
        Name = name;
        var lines = Records(text);
        if (lines.Count == 0) throw new InputException($"{name} is empty.");
        Columns = lines[0].Cells;
        for (int i = 0; i < Columns.Count; i++)
            if (!_columns.TryAdd(Columns[i], i)) throw new InputException($"{name}(1): column '{Columns[i]}' stands twice.");
        if (lines.Find(line => line.Cells.Count != Columns.Count) is { Cells: { } cells } odd)
            throw new InputException($"{name}({odd.Line}): has {cells.Count} cells, not {Columns.Count} as the first line.");
        Rows = [.. lines.Skip(1).Select(line => new CsvRow(this, line.Line, line.Cells))];
    }

    /// <summary>Name of the file, for messages.</summary>
    public string Name { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows below the header.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">There is none, or it is no such table.</exception>
    public static CsvTable Load(string path) =>
        File.Exists(path) ? new CsvTable(path, File.ReadAllText(path)) : throw new InputException($"there is no file {path}{NearestName.FileEnd(path)}");

    /// <summary>Reads a text.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">The text of the file.</param>
    /// <exception cref="InputException">It is no such table.</exception>
    public static CsvTable Parse(string name, string text) => new(name, text);

    /// <summary>Refuses a table of something else.</summary>
    /// <exception cref="InputException">One of <paramref name="columns"/> is missing.</exception>
    public void Require(params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns) IndexOf(column);
    }

    internal int IndexOf(string column) => _columns.TryGetValue(column, out int index)
        ? index
        : throw new InputException($"{Name}(1): has no column '{column}'; its columns are {string.Join(", ", Columns)}.");

    private List<(int Line, List<string> Cells)> Records(string text)
    {
        var records = new List<(int, List<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        int line = 1, start = 1;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n') line++;
            if (isQuoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else isQuoted = false;
            }
            else if (c == '"')
            {
                isQuoted = true;
            }
            else if (c is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == ',') continue;
                records.Add((start, cells));
                cells = [];
                start = line;
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (isQuoted) throw new InputException($"{Name}({start}): a quote is not closed.");
        if (cell.Length > 0 || cells.Count > 0) records.Add((start, [.. cells, cell.ToString()]));
        return records;
    }
}
