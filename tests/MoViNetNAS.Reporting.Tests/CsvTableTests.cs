using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class CsvTableTests
{
    [Fact]
    public void Cells_are_read_as_RFC_4180_writes_them()
    {
        var table = CsvTable.Parse("t.csv", "a,b,c\r\n1,\"x, \"\"y\"\"\",\n2.5,\"two\nlines\",7\n");
        Assert.Equal(["a", "b", "c"], table.Columns);
        Assert.Equal(["x, \"y\"", "two\nlines"], table.Rows.Select(row => row.Text("b")));
        Assert.Equal([2, 3], table.Rows.Select(row => row.Line));
        Assert.Null(table.Rows[0].NumberOrNone("c"));
        Assert.Equal((2.5, 7), (table.Rows[1].Number("a"), table.Rows[1].Whole("c")));
        Assert.Equal("1", Assert.Single(CsvTable.Parse("t", "a\n1").Rows).Text("a")); // no line end at the end
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,a\n", "t.csv(1): column 'a' stands twice")]
    [InlineData("a,b\n1,2\n3\n", "t.csv(3): has 1 cells, not 2")]
    [InlineData("a,b\n1,\"2\n", "t.csv(2): a quote is not closed")]
    public void What_is_no_table_is_refused(string text, string why) => Assert.Contains(why, Assert.Throws<InputException>(() => CsvTable.Parse("t.csv", text)).Message);

    [Fact]
    public void Wrong_cells_are_named_with_their_place()
    {
        var row = CsvTable.Parse("t.csv", "a,b\nx,-1\n").Rows[0];
        Assert.Equal("t.csv(2): a must be a number, not 'x'.", Assert.Throws<InputException>(() => row.Number("a")).Message);
        Assert.Equal("t.csv(2): b must be a whole number from 0, not '-1'.", Assert.Throws<InputException>(() => row.Whole("b")).Message);
        Assert.Contains("has no column 'c'; its columns are a, b", Assert.Throws<InputException>(() => row.Text("c")).Message);
    }

    [Fact]
    public void The_published_tables_are_whole_and_each_row_has_its_source()
    {
        var all = PublishedResult.Load(Path.Combine(Repository.Root, "results", "published"));
        Assert.Equal(0.7228, Assert.Single(all, row => row is { Network: "a0", Dataset: "Kinetics 600", Variant: "base" }).Top1);
        Assert.All(all, row => Assert.Contains(row.Trust, new[] { "C", "W" }));
        Assert.Contains(all, row => row is { Network: "mobilenetv3-large", Trust: "W" });

        const string header = "network,dataset,variant,top1,source,trust\n";
        foreach (var (row, why) in new[]
        {
            ("b0,K,base,0.5,s,C", "did you mean 'a0'"), ("a0,K,streamed,0.5,s,C", "base or stream"), ("a0,K,base,50,s,C", "fraction from 0 to 1"),
            ("a0,K,base,0.5,s,R", "only remembered"), ("a0,K,base,0.5,,C", "no source"),
        })
        {
            string path = Path.GetTempFileName();
            File.WriteAllText(path, header + row + "\n");
            string message = Assert.Throws<InputException>(() => PublishedResult.Load(path)).Message;
            Assert.Contains(why, message);
            Assert.Contains("(2)", message);
            File.Delete(path);
        }
    }
}
