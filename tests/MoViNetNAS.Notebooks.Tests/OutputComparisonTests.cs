namespace MoViNetNAS.Notebooks.Tests;

public sealed class OutputComparisonTests
{
    // The first bytes of a PNG of 3 x 2 pixels: signature, header chunk.
    private static readonly byte[] SmallPng = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0];

    private static CellOutput Text(string text) => new(CellOutput.Stream, "stdout", text);

    private static CellOutput Png(byte[] bytes) => new(CellOutput.Display, CellOutput.Png, Convert.ToBase64String(bytes));

    private static string[] Differences(CellOutput before, CellOutput after, double tolerance = NotebookCell.UsualTolerance) =>
        [.. OutputComparison.Differences(new NotebookCell(1, "a", "", [before], tolerance), [after])];

    [Theory]
    [InlineData("top-1 70.0 %", "top-1 72.0 %")]
    [InlineData("loss 1.00e-3 after 10 steps", "loss 1.02e-3 after 10 steps")]
    [InlineData("   9.9 ms", "  10.1 ms")]
    [InlineData("1,000,000 clips", "1,010,000 clips")]
    [InlineData("a -0.50", "a -0.51")]
    [InlineData("the end\n", "the end")]
    public void Numbers_within_the_tolerance_are_alike(string before, string after) => Assert.Empty(Differences(Text(before), Text(after)));

    [Theory]
    [InlineData("top-1 70.0 %", "top-1 80.0 %")]
    [InlineData("a 0.50", "a -0.50")]
    [InlineData("1,000,000 clips", "1,100,000 clips")]
    [InlineData("kernel 3x3x3", "kernel 5x3x3")]
    [InlineData("network A0", "network A1")]
    [InlineData("True", "False")]
    [InlineData("one", "one\ntwo")]
    [InlineData("1 2", "1")]
    [InlineData("value 0", "value 0.001")]
    public void All_else_is_a_difference(string before, string after) => Assert.Single(Differences(Text(before), Text(after)));

    [Fact]
    public void A_tolerance_of_nothing_wants_the_same_number()
    {
        Assert.Empty(Differences(Text("1,234"), Text("1,234"), tolerance: 0));
        Assert.Single(Differences(Text("1,234"), Text("1,235"), tolerance: 0));
        Assert.Empty(Differences(Text("10"), Text("14"), tolerance: 0.3));
    }

    [Fact]
    public void Of_pictures_only_the_size_counts()
    {
        byte[] other = [.. SmallPng, 1, 2, 3], larger = [.. SmallPng];
        larger[19] = 4;
        Assert.Empty(Differences(Png(SmallPng), Png(other)));
        Assert.Contains("was 3 x 2 pixels and is 4 x 2 pixels", Assert.Single(Differences(Png(SmallPng), Png(larger))));
        Assert.Contains("is no PNG", Assert.Single(Differences(Png(SmallPng), Png([1, 2]))));
    }

    [Fact]
    public void An_output_too_many_too_few_or_of_another_kind_is_a_difference()
    {
        var cell = new NotebookCell(1, "a", "", [Text("x")], 0);
        Assert.Single(OutputComparison.Differences(cell, []));
        Assert.Single(OutputComparison.Differences(cell, [Text("x"), Png(SmallPng)]));
        Assert.Single(OutputComparison.Differences(cell, [Png(SmallPng)]));
    }
}
