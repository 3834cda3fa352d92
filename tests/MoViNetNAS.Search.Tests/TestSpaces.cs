using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Spaces small enough to enumerate, and one as large as A5's.</summary>
internal static class TestSpaces
{
    public static SearchSpace Tiny { get; } = SpaceFile.Parse("tiny.json", """
        {
          "format": 1, "name": "tiny", "input": { "frames": 4, "resolution": 16 }, "widthMultipliers": [0.5, 1, 1.5],
          "stem": { "width": 8 },
          "layer": { "kernels": ["1x3x3", "3x3x3", "5x3x3"], "expansions": [1.5, 3], "squeezeExcite": [true] },
          "blocks": [
            { "width": 16, "stride": 2, "depth": [1, 2] },
            { "width": 32, "stride": 2, "depth": [1, 1], "squeezeExcite": [true, false] }
          ],
          "head": { "width": 64, "denseWidth": 32 }
        }
        """);

    // 5 blocks of 12 layers: about the number of decisions and options of A5.
    public static SearchSpace Large { get; } = SpaceFile.Parse("large.json", """
        {
          "format": 1, "name": "large", "input": { "frames": 32, "resolution": 320 },
          "widthMultipliers": [0.5, 0.75, 1, 1.25, 1.5, 2], "stem": { "width": 24 },
          "layer": {
            "kernels": ["1x3x3", "1x5x5", "1x7x7", "5x1x1", "7x1x1", "3x3x3", "5x3x3"], "expansions": [1.5, 2, 2.5, 3, 3.5, 4],
            "squeezeExcite": [true, false]
          },
          "blocks": [
            { "width": 24, "stride": 2, "depth": [1, 12] }, { "width": 64, "stride": 2, "depth": [1, 12] },
            { "width": 112, "stride": 2, "depth": [1, 12] }, { "width": 112, "stride": 1, "depth": [1, 12] },
            { "width": 184, "stride": 2, "depth": [1, 12] }
          ],
          "head": { "width": 992, "denseWidth": 2048 }
        }
        """);

    /// <summary>A space whose active decisions have 1, 2, 3 and 4 options, as in a test of google-research/tunas 0c1bbe5.</summary>
    public static SearchSpace OneTwoThreeFour { get; } = SpaceFile.Parse("1234.json", """
        {
          "format": 1, "name": "1234", "input": { "frames": 4, "resolution": 16 }, "stem": { "width": 8 },
          "blocks": [{
            "width": 16, "stride": 2, "depth": [1, 1], "kernels": ["1x3x3", "1x5x5", "3x3x3"], "expansions": [1, 2, 3, 4],
            "squeezeExcite": [true, false]
          }],
          "head": { "width": 64, "denseWidth": 32 }
        }
        """);

    public static IEnumerable<Genotype> All(SearchSpace space)
    {
        var seen = new HashSet<Genotype>();
        var choices = new int[space.Decisions.Length];
        while (true)
        {
            if (space.Genotype(choices) is var genotype && seen.Add(genotype)) yield return genotype;
            int d = 0;
            while (d < choices.Length && ++choices[d] == space.Decisions[d].OptionCount) choices[d++] = 0;
            if (d == choices.Length) yield break;
        }
    }

    /// <summary>A policy with logits drawn from a normal distribution.</summary>
    public static Controller Policy(SearchSpace space, ulong seed, double spread = 1)
    {
        var random = new RandomStream(seed);
        var start = ControllerState.Start(space.Decisions.Select(decision => decision.OptionCount));
        return new Controller(space, start with { Logits = [.. start.Logits.Select(row => row.Select(_ => spread * random.Normal()).ToImmutableArrayOf())] });
    }

    public static System.Collections.Immutable.ImmutableArray<T> ToImmutableArrayOf<T>(this IEnumerable<T> items) => [.. items];
}
