using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>The released networks A0-A5 and T0 as tables.</summary>
/// <remarks>Source: official MoViNet code (tensorflow/models, official/projects/movinet, 2023), <c>BLOCK_SPECS</c>. Where paper
/// and code differ (A0's first expansion, one of A2's) the code's numbers are used: the published weights are for them.</remarks>
public static class ReleasedArchitectures
{
    /// <summary>The networks by name: "a0" ... "a5", "t0".</summary>
    public static IReadOnlyDictionary<string, Architecture> ByName { get; } = new[]
    {
        Make("a0", new(50, 172, 5), stem: 8, head: 480, dense: 2048,
            Block(8, 2, "24", "15"),
            Block(32, 2, "80x3", "33x3"),
            Block(56, 2, "184 112 184", "53 33x2"),
            Block(56, 1, "184x4", "53 33x3"),
            Block(104, 2, "384 280x2 344", "53 15x3")),
        Make("a1", new(50, 172, 5), stem: 16, head: 600, dense: 2048,
            Block(16, 2, "40x2", "15 33"),
            Block(40, 2, "96 120 96x2", "33x4"),
            Block(64, 2, "216 128 216 168 216", "53 33x4"),
            Block(64, 1, "216x3 128x2 216", "53 33x3 15 33"),
            Block(136, 2, "456 360x3 456x2 544", "53 15x4 33 13")),
        Make("a2", new(50, 224, 5), stem: 16, head: 640, dense: 2048,
            Block(16, 2, "40x2 64", "15 33x2"),
            Block(40, 2, "96 120 96x2 120", "33x5"),
            Block(72, 2, "240 160 240 192 240", "53 33x4"),
            Block(72, 1, "240x4 144 240", "53 33x3 15 33"),
            Block(144, 2, "480 384x2 480x3 576", "53 15x4 33 13")),
        Make("a3", new(120, 256, 2), stem: 16, head: 744, dense: 2048,
            Block(16, 2, "40x2 64 40", "15 33x3"),
            Block(48, 2, "112 144 112x2 144x2", "33x3 15 33x2"),
            Block(80, 2, "240 152 240 192 240", "53 33x4"),
            Block(88, 1, "264x4 160 264x3", "53 33x3 15 33x3"),
            Block(168, 2, "560 448x2 560x3 448x2 560 672", "53 15x4 33 15x2 33 13")),
        Make("a4", new(80, 290, 3), stem: 24, head: 856, dense: 2048,
            Block(24, 2, "64x2 96 64 96 64", "15 33x5"),
            Block(56, 2, "168x2 136x2 168x3 136x2", "33x7 15 33"),
            Block(96, 2, "320 160 320 192 320 160 320 256 320", "53 33x8"),
            Block(96, 1, "320x4 192 320x2 192 320x2", "53 33x3 15 33x5"),
            Block(192, 2, "640 512x2 640x3 512x2 640 768 640x2 768", "53 15x4 33 15x5 33x2")),
        Make("a5", new(120, 320, 2), stem: 24, head: 992, dense: 2048,
            Block(24, 2, "64x2 96 64 96 64", "15x2 33x4"),
            Block(64, 2, "192 152x3 192x3 152x2 192x2", "53 33x10"),
            Block(112, 2, "376 224 376x2 296 376 224 376x2 296 376x3", "53 33x12"),
            Block(120, 1, "376x4 224 376x2 224 376x3", "53 33x3 15 33x6"),
            Block(224, 2, "744x2 600x2 744x3 896 600x2 896 744x2 896 600x2 744x2", "53 33 15x4 33 15x5 33 15x4 33")),
        Make("t0", new(25, 160, 10), stem: 8, head: 240, dense: 1024,
            Block(8, 2, "16", "15"),
            Block(32, 2, "72x2", "33 15"),
            Block(56, 2, "112x3", "53 15 33"),
            Block(56, 1, "184x4", "53 15 33x2"),
            Block(104, 2, "344x4", "53 15x2 33")),
    }.ToDictionary(architecture => architecture.Name);

    /// <summary>The stream variant of a released network: A3-A5 have positional encoding, the smaller ones do not.</summary>
    public static NetworkVariant StreamVariant(string name) =>
        NetworkVariant.Stream with { HasPositionalEncoding = name is "a3" or "a4" or "a5" };

    /// <summary>Rows or columns, whichever are fewer, that a video is scaled to before the middle square is cut out for evaluation.</summary>
    /// <remarks>Source: configurations of the official MoViNet code.</remarks>
    public static int EvaluationShortSide(int resolution) => resolution switch
    {
        160 => 176,
        172 => 192,
        224 => 256,
        256 => 288,
        290 => 320,
        320 => 368,
        _ => resolution,
    };

    /// <summary>The released network called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Architecture Get(string name) => ByName.TryGetValue(name.ToLowerInvariant(), out var architecture)
        ? architecture
        : throw new InputException($"there is no model '{name}'; the released ones are {string.Join(", ", ByName.Keys)}{NearestName.End(name, ByName.Keys)}");

    private static Architecture Make(string name, InputShape input, int stem, int head, int dense, params BlockSpec[] blocks) =>
        new(name, input, stem, [.. blocks], head, dense);

    private static BlockSpec Block(int width, int stride, string expansions, string kernels)
    {
        var layers = Repeat(expansions).Zip(Repeat(kernels), (expansion, kernel) =>
            new LayerSpec(int.Parse(expansion), new KernelShape(kernel[0] - '0', kernel[1] - '0')));
        return new BlockSpec(width, stride, [.. layers]);
    }

    // "53 15x3" is 53 15 15 15; a kernel "53" is 5x3x3.
    private static IEnumerable<string> Repeat(string text) => text.Split(' ').SelectMany(entry =>
    {
        string[] parts = entry.Split('x');
        return Enumerable.Repeat(parts[0], parts.Length == 1 ? 1 : int.Parse(parts[1]));
    });
}
