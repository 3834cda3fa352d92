using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class TextTableTests
{
    private static readonly (string Name, double[] Seeds, long Macs)[] Rows =
        [("a_b", [0.7, 0.72, 0.71], 1_000_000), ("c|d, \"e\"", [0.6, 0.9], 2_500_000), ("<f>", [-0.1], 2_500_000)];

    private static readonly TextTable Table = TextTable.Of(Rows,
    [
        new("name", "name", row => row.Name, IsNumber: false),
        new("top-1 (%)", "top1", row => TableCell.Interval(SampleSummary.Of(row.Seeds)), Best: BestIs.Highest),
        new("MACs", "macs", row => TableCell.Short(row.Macs), Best: BestIs.Lowest),
        new("nothing", "nothing", _ => TableCell.Empty),
    ]);

    [Fact]
    public void Columns_without_anything_are_left_out() => Assert.Equal(["name", "top-1 (%)", "MACs"], Table.Headers);

    [Fact]
    public void An_interval_is_that_of_Student_and_a_single_value_has_none()
    {
        Assert.Equal("71.0 ± 2.5", Table.Rows[0][1]); // 4.303 x 1 / sqrt(3)
        Assert.Equal("-10.0", Table.Rows[2][1]);
        Assert.Null(Table.Cells[2][1].HalfWidth);
        Assert.Equal("+1.0 ± 2.5", TableCell.Interval(SampleSummary.Of([0, 0.02, 0.01]), format: "+0.0;-0.0;0.0").Text);
    }

    [Fact]
    public void Csv_has_exact_numbers_and_a_column_of_half_widths_only_where_there_are_intervals()
    {
        string[] lines = Table.ToCsv().TrimEnd().Split('\n');
        Assert.Equal("name,top1,top1HalfWidth95,macs", lines[0]);
        var summary = SampleSummary.Of(Rows[0].Seeds);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"a_b,{summary.Mean:R},{summary.HalfWidth:R},1000000"), lines[1]);
        Assert.StartsWith("\"c|d, \"\"e\"\"\",0.75,", lines[2]);
        Assert.Equal("<f>,-0.1,,2500000", lines[3]);
    }

    [Fact]
    public void The_best_mean_is_bold_and_costs_are_best_when_small()
    {
        Assert.Equal((false, true, false), (Table.IsBest(0, 1), Table.IsBest(1, 1), Table.IsBest(2, 1)));
        Assert.Equal((true, false, false), (Table.IsBest(0, 2), Table.IsBest(1, 2), Table.IsBest(2, 2)));
        Assert.Contains("| c\\|d, \"e\" | **75.0 ± 190.6** | 2.5 M |", Table.ToMarkdown());
        Assert.Contains("\\textbf{75.0 $\\pm$ 190.6}", Table.ToLatex());
        Assert.Contains("<strong>75.0 ± 190.6</strong>", Table.ToHtml());
        Assert.DoesNotContain("*", Table.ToText());
    }

    [Fact]
    public void All_that_look_best_are_bold_and_none_where_all_look_alike_or_one_is_alone()
    {
        TextTable Of(params double[] values) => TextTable.Of(values, [new TableColumn<double>("x", "x", value => double.IsNaN(value) ? TableCell.Empty : TableCell.Percent(value), Best: BestIs.Highest)]);
        string Bold(TextTable table) => string.Concat(Enumerable.Range(0, table.Rows.Count).Select(row => table.IsBest(row, 0) ? 'b' : '-'));
        Assert.Equal("bb-", Bold(Of(0.70001, 0.70004, 0.5)));
        Assert.Equal("--", Bold(Of(0.70001, 0.70004)));
        Assert.Equal("--", Bold(Of(0.7, double.NaN)));
    }

    [Fact]
    public void Html_has_headings_with_scope_sort_keys_and_escaped_texts()
    {
        string html = Table.ToHtml("what");
        Assert.Contains("<caption>what</caption>", html);
        Assert.Equal(3, html.Split("<th scope=\"col\"").Length - 1);
        Assert.Equal(3, html.Split("<th scope=\"row\"").Length - 1);
        Assert.Contains("<th scope=\"row\">&lt;f&gt;</th>", html);
        Assert.Contains("data-value=\"2500000\">2.5 M</td>", html);
        Assert.Contains("data-value=\"-0.1\">−10.0</td>", html); // a minus, not a hyphen
        Assert.DoesNotContain("<button", html); // sorting comes with the script
    }

    [Fact]
    public void Columns_can_be_left_out_by_key()
    {
        var without = Table.Without("macs", "unknown");
        Assert.Equal(["name", "top-1 (%)"], without.Headers);
        Assert.True(without.IsBest(1, 1));
        Assert.Equal("name,top1,top1HalfWidth95", without.ToCsv().Split('\n')[0]);
    }

    [Theory]
    [InlineData("50 % & more_than #1 {x} $5 ~ ^", "50 \\% \\& more\\_than \\#1 \\{x\\} \\$5 \\textasciitilde{} \\textasciicircum{}")]
    [InlineData("a\\b", "a\\textbackslash{}b")]
    [InlineData("8 × 16² ± 0.1 ≤ 2 ≥ · – →", "8 $\\times$ 16$^2$ $\\pm$ 0.1 $\\leq$ 2 $\\geq$ $\\cdot$ -- $\\rightarrow$")]
    [InlineData("--db", "-{}-db")]
    [InlineData("[x] *", "{[}x{]} {*}")]
    [InlineData("Müller", "Müller")]
    [InlineData("学", "(U+5B66)")] // no pdfLaTeX font has it, and an unknown character would stop the compiler
    public void Latex_shows_any_text_as_it_is(string text, string latex) => Assert.Equal(latex, LatexText.Escape(text));

    [Fact]
    public void Long_code_may_break_in_latex_and_loses_nothing()
    {
        string hash = string.Concat(Enumerable.Repeat("0a1b2c3d", 8)), latex = LatexText.Code(hash);
        Assert.Contains("\\allowbreak{}", latex);
        Assert.Equal($"\\texttt{{{hash}}}", latex.Replace("\\allowbreak{}", "", StringComparison.Ordinal));
        Assert.All(latex.Replace("\\texttt{", "", StringComparison.Ordinal).Split("\\allowbreak{}"), part => Assert.True(part.Length <= 12, part));
    }

    [Fact]
    public void A_network_that_carries_nothing_has_a_dash_as_state_and_zero_in_csv()
    {
        var table = NetworkTable.Of([new NetworkRow("n", "base", null, null, new Cost(10, 5, 20, 7, 8, 0, 4))]);
        int state = table.Keys.ToList().IndexOf("streamStateBytes");
        Assert.Equal("-", table.Rows[0][state]);
        Assert.Equal("0", table.ToCsv().Split('\n')[1].Split(',')[state]);
        Assert.DoesNotContain("latencyMs", table.Keys); // never measured
        Assert.DoesNotContain("top1", table.Keys);
    }

    [Fact]
    public void The_released_A0_is_told_layer_by_layer()
    {
        var table = ArchitectureTable.Of(new MoViNetDesign(ReleasedArchitectures.ByName["a0"], NetworkVariant.Base), new InputShape(50, 172), 600);
        var architecture = ReleasedArchitectures.ByName["a0"];
        Assert.Equal(architecture.LayerCount + 3, table.Rows.Count);
        // Block 2 of the released A0 (official code): 1x5x5, 8 channels, 24 expanded; stem and stride leave 43 of 172 rows.
        Assert.Equal(["block 2", "1, stride 2", "1x5x5", "8", "24", "yes", "50 × 43²"], table.Rows[1].Take(7));
        Assert.Equal(CostModel.Of(architecture, NetworkVariant.Base, 600, new InputShape(50, 172)).TrainableParameters, table.Cells.Sum(row => (long)row[^1].Value!.Value));
    }

    [Fact]
    public void Rows_of_an_ablation_are_held_against_the_first_seed_by_seed()
    {
        AblationRow Row(string name, params double[] measures) => new(name, [.. measures.Select((measure, i) => ((ulong)i, measure))], [.. measures.Select(measure => (int)(100 * measure))], 100, 8, 4, 2, 0);
        var table = AblationTable.Of([Row("first", 0.5, 0.7), Row("second", 0.6, 0.8)], "top-1");
        Assert.Equal(["first", "60.0 ± 127.1", "50, 70 of 100", ""], table.Rows[0].Take(4));
        Assert.Equal("+10.0 ± 0.0", table.Rows[1][3]);
        Assert.Equal((false, true), (table.IsBest(0, 1), table.IsBest(1, 1)));
    }
}
