using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class TableTests
{
    private static readonly Trial[] Front =
    [
        Samples.Trial(TrialPhase.Rescored, 3, 3_000_000, 2.0 / 3),
        Samples.Trial(TrialPhase.Search, 9, 1_000_000, 0.1 + 0.2) with { Run = "a \"b\", c" },
    ];

    [Fact]
    public void A_front_comes_back_from_csv_exactly()
    {
        string csv = FrontTable.Csv(Front, CostObjective.Macs);
        var lines = csv.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("rank,run,phase,step,candidate,top1,clips,reward,macs,", lines[0]);
        Assert.Contains("\"a \"\"b\"\", c\"", lines[1]);
        string[] cells = lines[2].Split(',');
        Assert.Equal("2", cells[0]);
        Assert.Equal(2.0 / 3, double.Parse(cells[5], CultureInfo.InvariantCulture));
        Assert.Equal(3_000_000, long.Parse(cells[8], CultureInfo.InvariantCulture));
        Assert.Equal("0:1:2", cells[^1]);
    }

    [Fact]
    public void Milliseconds_are_a_column_that_is_empty_where_there_are_none()
    {
        Trial[] front = [Front[0] with { Cost = Front[0].Cost with { LatencyMs = 0.0123456 } }, Front[1]];
        var lines = FrontTable.Csv(front, CostObjective.Macs).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r').Split(',')).ToArray();
        Assert.Equal("latencyMs", lines[0][^2]);
        Assert.Equal(["", "0.0123456"], lines[1..].Select(cells => cells[^2]));
        var table = FrontTable.Of([front[0]], CostObjective.LatencyMs);
        Assert.Contains("Milliseconds per frame | ", table.ToMarkdown());
        Assert.Equal("0.0123", table.Rows[0][1]);
        Assert.Throws<InputException>(() => FrontTable.Of(front, CostObjective.LatencyMs));
    }

    [Fact]
    public void An_empty_front_is_said()
    {
        Assert.Throws<InputException>(() => FrontTable.Csv([], CostObjective.Macs));
        Assert.Throws<InputException>(() => FrontTable.Of([], CostObjective.Macs));
    }

    [Fact]
    public void A_table_reads_as_text_markdown_and_latex()
    {
        var table = new TextTable(["name", "top-1 %"], [["a_b|c", "5.0"], ["d", "61.25"]], [false, true]);
        Assert.Equal("name   top-1 %\n-----  -------\na_b|c      5.0\nd        61.25\n", table.ToText());
        Assert.Equal("| name | top-1 % |\n|---|---:|\n| a_b\\|c | 5.0 |\n| d | 61.25 |\n", table.ToMarkdown());
        Assert.Contains("a\\_b|c & 5.0 \\\\\n", table.ToLatex());
        Assert.Contains("name & top-1 \\% \\\\\n\\midrule\n", table.ToLatex());
        Assert.Equal("1 M", FrontTable.Of(Front, CostObjective.Macs).Rows[0][1]);
    }

    [Fact]
    public void Controller_lines_come_back_exactly_and_a_line_cut_off_by_a_kill_is_left_out()
    {
        var steps = Samples.Steps(5);
        string text = string.Join('\n', steps.Select(ControllerCsv.Line).Prepend(ControllerCsv.Header(["block0/width", "block0/depth"])));
        var read = ControllerCsv.Read(new StringReader(text + "\n5,0.1"), "controller.csv");
        Assert.Equal(steps.Select(ControllerCsv.Line), read.Select(ControllerCsv.Line));
        Assert.Contains("controller.csv(2)", Assert.Throws<InputException>(
            () => ControllerCsv.Read(new StringReader(ControllerCsv.Header([]) + "\n1,2\n" + ControllerCsv.Line(steps[0])), "controller.csv")).Message);
        Assert.Throws<InputException>(() => ControllerCsv.Read(new StringReader("a,b"), "controller.csv"));
    }
}
