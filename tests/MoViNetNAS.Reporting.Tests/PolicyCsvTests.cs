using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class PolicyCsvTests
{
    [Fact]
    public void Alternatives_are_read_back_as_they_were()
    {
        OptionCost[] all =
        [
            new("block2/layer1/kernel", "5x3x3", true, 1.0 / 3, true, new Cost(1, 2, 3, 4, 5, 6, 7)),
            new("stem/width", "24", false, 1e-9, false, new Cost(long.MaxValue, 0, 3, 4, 5, 6, 7, 0.1 + 0.2)),
        ];
        string[] lines = AlternativesCsv.Text(all).TrimEnd('\n').Split('\n');
        Assert.Equal(all, AlternativesCsv.Read(lines, "alternatives.csv"));
        Assert.Contains("alternatives.csv(1)", Assert.Throws<InputException>(() => AlternativesCsv.Read(lines[1..], "alternatives.csv")).Message);
        Assert.Contains("alternatives.csv(3)", Assert.Throws<InputException>(() => AlternativesCsv.Read([lines[0], lines[1], "a,b"], "alternatives.csv")).Message);
    }

    [Fact]
    public void Logit_rows_after_a_step_or_cut_off_are_left_out()
    {
        string[] lines = ["step,a=1,a=2", "50,0,0", "100,0.5,-0.5", "150,1,-1", "200,1"];
        Assert.Equal(lines[1..3], LogitsCsv.RowsUntil(lines, 100));
        Assert.Equal(lines[1..4], LogitsCsv.RowsUntil(lines, 1000));
    }

    [Fact]
    public void Logits_have_a_column_for_each_option_of_each_open_decision()
    {
        var state = ControllerState.Start([1, 2, 3]) with { Logits = [[0], [0.25, -0.25], [1.0 / 3, 2, 3]] };
        Assert.Equal("7,0.25,-0.25,0.333333,2,3", LogitsCsv.Line(7, state));
    }
}
