namespace MoViNetNAS.Spaces.Tests;

public sealed class SpaceEnumerationTests
{
    [Theory]
    [InlineData("[1, 1]", "[1, 1]", 1)]
    [InlineData("[1, 2]", "[1, 3]", 2)]
    [InlineData("[2, 3]", "[1, 2]", 1)]
    public void Every_architecture_comes_once_and_all_that_are_drawn_are_among_them(string first, string second, int kernels)
    {
        string names = string.Join(", ", new[] { "\"1x3x3\"", "\"3x3x3\"" }.Take(kernels));
        var space = SpaceFile.Parse("s.json", $$"""
            {
              "format": 1, "name": "s", "input": { "frames": 2, "resolution": 16 }, "widthMultipliers": [1, 2], "stem": { "width": 8 },
              "layer": { "kernels": [{{names}}], "expansions": [1], "squeezeExcite": [true] },
              "blocks": [{ "width": 8, "stride": 2, "depth": {{first}}, "squeezeExcite": [true, false] }, { "width": 8, "stride": 2, "depth": {{second}} }],
              "head": { "width": 8, "denseWidth": 8 }
            }
            """);
        var all = SpaceEnumeration.Of(space).ToList();
        Assert.Equal(space.ArchitectureCount, all.Count);
        var distinct = all.ToHashSet();
        Assert.Equal(all.Count, distinct.Count);
        Assert.All(all, genotype => Assert.Equal(genotype, space.Parse($"{genotype}")));
        var random = new RandomStream(1);
        for (int i = 0; i < 500; i++) Assert.Contains(space.Sample(random), distinct);
    }
}
