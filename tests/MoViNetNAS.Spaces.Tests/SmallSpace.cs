namespace MoViNetNAS.Spaces.Tests;

/// <summary>A space file small enough to enumerate, as a text to make mistakes in.</summary>
internal static class SmallSpace
{
    public const string Text = """
        // a comment
        {
          "format": 1,
          "name": "small",
          "input": { "frames": 4, "resolution": 16 },
          "widthMultipliers": [1, 2],
          "stem": { "width": 8 },
          "layer": { "kernels": ["1x3x3", "3x3x3"], "expansions": [1, 2, 3], "squeezeExcite": [true, false] },
          "blocks": [
            { "width": 8, "stride": 2, "depth": [1, 2] },
            { "width": 16, "stride": 1, "depth": [2, 3], "kernels": ["5x1x1"], "expansions": [2], "squeezeExcite": [true, false] },
          ],
          "head": { "width": 16, "denseWidth": 32 },
        }
        """;

    public static SearchSpace Space => SpaceFile.Parse("small.json", Text);

    /// <summary>The space with one text in its file replaced by another.</summary>
    public static SearchSpace With(string old, string replacement)
    {
        Assert.Contains(old, Text);
        return SpaceFile.Parse("small.json", Text.Replace(old, replacement, StringComparison.Ordinal));
    }
}
