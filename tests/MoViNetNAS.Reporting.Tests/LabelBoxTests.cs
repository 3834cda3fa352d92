namespace MoViNetNAS.Reporting.Tests;

/// <summary>The measure of overlapping labels, on drawings whose faults are known. Every figure that a test draws is held to it (<see cref="Drawn"/>).</summary>
public sealed class LabelBoxTests
{
    [Theory]
    [InlineData("""<text font-size="12" x="10, 18" y="20">ab</text><text font-size="12" x="24" y="20">c</text>""", "'ab' and 'c' overlap")]
    [InlineData("""<text font-size="12" x="10" y="20">a</text><text font-size="12" x="10" y="30">b</text>""", "'a' and 'b' overlap")]
    [InlineData("""<text font-size="12" x="95" y="20">W</text>""", "'W' leaves the figure")]
    [InlineData("""<text font-size="12" x="10" y="5">a</text>""", "'a' leaves the figure")]
    [InlineData("""<text font-size="12" x="0, 8, 16" y="0" transform="translate(50 60) rotate(-90)">up.</text><text font-size="12" x="42" y="50">a</text>""", "'up.' and 'a' overlap")]
    [InlineData("""<clipPath id="c"><rect x="20" width="60" height="60"/></clipPath><g clip-path="url(#c)"><text font-size="12" x="18" y="50">a</text></g>""", "'a' at {Left=18")]
    public void Overlaps_and_cut_letters_are_found(string texts, string fault) => Assert.Contains(LabelBoxes.Faults(Svg(texts)), said => said.StartsWith(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("""<text font-size="12" x="10, 18" y="20">ab</text><text font-size="12" x="27" y="20">c</text>""")]
    [InlineData("""<text font-size="12" x="10" y="20">a</text><text font-size="12" x="10" y="32">b</text>""")]
    [InlineData("""<text font-size="12" x="0, 8, 16" y="0" transform="translate(50 60) rotate(-90)">up.</text><text font-size="12" x="54" y="50">a</text>""")]
    [InlineData("""<text font-size="12" x="0, 8, 16" y="0" transform="matrix(0 -1 1 0 50 60)">up.</text><text font-size="12" x="30" y="50">a</text>""")]
    [InlineData("""<clipPath id="c"><rect x="20" width="60" height="60"/></clipPath><g clip-path="url(#c)"><text font-size="12" x="22" y="50">a</text></g>""")]
    public void Texts_apart_and_whole_are_fine(string texts) => Assert.Empty(LabelBoxes.Faults(Svg(texts)));

    private static string Svg(string texts) => $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{texts}</svg>""";
}
