using FsCheck.Xunit;

namespace MoViNetNAS.Data.Tests;

public sealed class CsvRowsTests
{
    [Property]
    public void Quoted_fields_come_back_as_they_were(string?[] texts)
    {
        string[] fields = [.. texts.Select(text => text ?? ""), "last"];
        string line = string.Join(",", fields.Select(field => $"\"{field.Replace("\"", "\"\"")}\""));
        CsvRows.Row row = Assert.Single(CsvRows.Parse(line + "\r\n\r\n"));
        Assert.Equal(fields, row.Fields);
    }

    [Fact]
    public void Rows_know_the_line_they_begin_on()
    {
        CsvRows.Row[] rows = [.. CsvRows.Parse("a, b\n\n\"two\nlines\",c\nd,\n")];
        Assert.Equal([1, 3, 5], rows.Select(row => row.Line));
        Assert.Equal([["a", "b"], ["two\nlines", "c"], ["d", ""]], rows.Select(row => row.Fields.ToArray()));
    }

    [Fact]
    public void A_quote_never_closed_is_a_fault_of_its_line() =>
        Assert.StartsWith("(2):", Assert.Throws<FormatException>(() => CsvRows.Parse("a,b\nc,\"d\n").ToList()).Message);
}
