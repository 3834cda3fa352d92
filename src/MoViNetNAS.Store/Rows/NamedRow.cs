using LiteDB;

namespace MoViNetNAS.Store.Rows;

/// <summary>A row found by its record's name; the number is its place in the file and never changes.</summary>
internal abstract class NamedRow
{
    [BsonId(false)] public int Number { get; set; }
    public string Name { get; set; } = "";
}
