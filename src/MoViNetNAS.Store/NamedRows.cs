using LiteDB;
using MoViNetNAS.Store.Rows;

namespace MoViNetNAS.Store;

/// <summary>A small collection found by name; the names are held in memory, compared byte for byte.</summary>
/// <remarks>LiteDB's own index on text ignores case and refuses keys above 1023 bytes.</remarks>
internal sealed class NamedRows<TRow> where TRow : NamedRow
{
    private readonly ILiteCollection<TRow> _rows;
    private readonly Dictionary<string, int> _numbers;

    public NamedRows(ILiteCollection<TRow> rows)
    {
        _rows = rows;
        _numbers = rows.FindAll().ToDictionary(row => row.Name, row => row.Number, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Names => _numbers.Keys;

    public int? Number(string name) => _numbers.TryGetValue(name, out int number) ? number : null;

    public TRow? Find(string name) => Number(name) is { } number ? _rows.FindById(number) : null;

    public List<TRow> All() => [.. _rows.FindAll()];

    /// <summary>Stores the row that <paramref name="make"/> gives for the name's number, which is a new one for a new name.</summary>
    public void Put(string name, Func<int, TRow> make)
    {
        int number = Number(name) ?? _numbers.Values.DefaultIfEmpty(0).Max() + 1;
        _rows.Upsert(make(number));
        _numbers[name] = number;
    }
}
