using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>The networks that the paper compares MoViNets with, as tables.</summary>
/// <remarks>
/// <para>MobileNetV3 (arXiv 1905.02244, tables 1 and 2; widths as in torchvision, mobilenetv3.py): an image network that sees frame by frame,
/// with logits averaged over time. As a network for clips it has no input of its own: 50 frames of 224x224 are those of MoViNet-A2. With TSM
/// (arXiv 1811.08383) the blocks with an expansion and an identity skip start with a shift, as in the authors' MobileNetV2.</para>
/// <para>X3D (arXiv 2004.04730, table 3; details as in PyTorchVideo, models/x3d.py and SlowFast, where every projected skip has a norm).
/// Slow R50, 8x8 (arXiv 1812.03982; PyTorchVideo, models/hub/resnet.py): a ResNet3D-50 with temporal kernels in its last two stages.
/// Their inputs are those of the SlowFast model zoo. Norms keep our epsilon and momentum, which are MobileNetV3's; PyTorchVideo has 1e-5 and 0.1.</para>
/// </remarks>
public static class ComparisonArchitectures
{
    private const int X3DDense = 2048, ResNetExpansion = 4;
    private static readonly KernelShape Point = new(1, 1);
    private static readonly InputShape FramesOfA2 = new(50, 224, 5);

    // Kernel, expansion, width, squeeze-excite, non-linearity, stride: the columns of the paper's tables.
    private static readonly string[] SmallRows =
    [
        "3  16 16 SE RE 2", "3  72 24 -  RE 2", "3  88 24 -  RE 1", "5  96 40 SE HS 2", "5 240 40 SE HS 1", "5 240 40 SE HS 1",
        "5 120 48 SE HS 1", "5 144 48 SE HS 1", "5 288 96 SE HS 2", "5 576 96 SE HS 1", "5 576 96 SE HS 1",
    ];

    private static readonly string[] LargeRows =
    [
        "3  16  16 -  RE 1", "3  64  24 -  RE 2", "3  72  24 -  RE 1", "5  72  40 SE RE 2", "5 120  40 SE RE 1", "5 120  40 SE RE 1",
        "3 240  80 -  HS 2", "3 200  80 -  HS 1", "3 184  80 -  HS 1", "3 184  80 -  HS 1", "3 480 112 SE HS 1", "3 672 112 SE HS 1",
        "5 672 160 SE HS 2", "5 960 160 SE HS 1", "5 960 160 SE HS 1",
    ];

    /// <summary>The networks by name.</summary>
    public static IReadOnlyDictionary<string, ComparisonArchitecture> ByName { get; } = new[]
    {
        MobileNetV3("mobilenetv3-small", SmallRows, tail: 576, dense: 1024, hasShift: false),
        MobileNetV3("mobilenetv3-large", LargeRows, tail: 960, dense: 1280, hasShift: false),
        MobileNetV3("mobilenetv3-small-tsm", SmallRows, tail: 576, dense: 1024, hasShift: true),
        MobileNetV3("mobilenetv3-large-tsm", LargeRows, tail: 960, dense: 1280, hasShift: true),
        X3D("x3d-s", new(13, 160, 6), depths: [3, 5, 11, 7]),
        X3D("x3d-m", new(16, 224, 5), depths: [3, 5, 11, 7]),
        X3D("x3d-l", new(16, 312, 5), depths: [5, 10, 25, 15]),
        new(
            "resnet3d-50", new(8, 224, 8), [new(new(1, 7), 64, Stride: 2, ActivationType.Relu)], HasStemPool: true,
            [
                .. ResNetStage(inner: 64, depth: 3, stride: 1, temporal: 1),
                .. ResNetStage(inner: 128, depth: 4, stride: 2, temporal: 1),
                .. ResNetStage(inner: 256, depth: 6, stride: 2, temporal: 3),
                .. ResNetStage(inner: 512, depth: 3, stride: 2, temporal: 3),
            ],
            Tail: null, Hidden: [], HeadPooling.Pool3d, SqueezeExciteType.None),
    }.ToDictionary(architecture => architecture.Name);

    /// <summary>The network called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ComparisonArchitecture Get(string name) => ByName.TryGetValue(name.ToLowerInvariant(), out var architecture)
        ? architecture
        : throw new InputException($"there is no comparison network '{name}'; there are {string.Join(", ", ByName.Keys)}{NearestName.End(name, ByName.Keys)}");

    private static ComparisonArchitecture MobileNetV3(string name, string[] rows, int tail, int dense, bool hasShift)
    {
        const int stem = 16;
        var blocks = ImmutableArray.CreateBuilder<ResidualBlockSpec>();
        int input = stem;
        foreach (string row in rows)
        {
            blocks.Add(MobileBlock(input, row.Split(' ', StringSplitOptions.RemoveEmptyEntries), hasShift));
            input = blocks[^1].Width;
        }

        return new ComparisonArchitecture(
            name, FramesOfA2, [new(new(1, 3), stem, Stride: 2, ActivationType.HardSwish)], HasStemPool: false, blocks.ToImmutable(),
            new(Point, tail, Activation: ActivationType.HardSwish), [new(dense, ActivationType.HardSwish, HasBias: true)], HeadPooling.Pool2d,
            SqueezeExciteType.Pool2d);
    }

    private static ResidualBlockSpec MobileBlock(int input, string[] row, bool hasShift)
    {
        var (kernel, expansion, width, stride) = (new KernelShape(1, int.Parse(row[0])), int.Parse(row[1]), int.Parse(row[2]), int.Parse(row[5]));
        var activation = row[4] == "HS" ? ActivationType.HardSwish : ActivationType.Relu;
        var squeezeExcite = row[3] == "SE"
            ? new SqueezeExciteSpec(ChannelRounding.MakeDivisible(expansion / 4), ActivationType.Relu, GateType.HardSigmoidRelu6)
            : null;
        bool isExpanded = expansion != input, hasSkip = stride == 1 && width == input;
        return new ResidualBlockSpec(
            [
                .. isExpanded ? new[] { new ConvolutionSpec(Point, expansion, Activation: activation) } : [],
                new(kernel, expansion, stride, activation, IsDepthwise: true, SqueezeExcite: squeezeExcite),
                new(Point, width),
            ],
            hasSkip ? SkipType.Identity : SkipType.None, HasTemporalShift: hasShift && hasSkip && isExpanded);
    }

    // Width factor 2 and bottleneck factor 2.25 for all; depths are those of the base network times 2.2, and times 5 for L, rounded up.
    private static ComparisonArchitecture X3D(string name, InputShape input, int[] depths)
    {
        const int stem = 24, last = 432;
        int[] widths = [24, 48, 96, 192], inner = [54, 108, 216, last], squeezed = [8, 8, 16, 32];
        var blocks = Enumerable.Range(0, widths.Length).SelectMany(stage => Enumerable.Range(0, depths[stage]).Select(i => X3DBlock(
            widths[stage], inner[stage], i % 2 == 0 ? squeezed[stage] : 0, isFirst: i == 0)));
        return new ComparisonArchitecture(
            name, input,
            [new(new(1, 3), stem, Stride: 2, HasNorm: false), new(new(5, 1), stem, Activation: ActivationType.Relu, IsDepthwise: true)],
            HasStemPool: false, [.. blocks], new(Point, last, Activation: ActivationType.Relu),
            [new(X3DDense, ActivationType.Relu, HasBias: false)], HeadPooling.Pool3d, SqueezeExciteType.Pool3d);
    }

    private static ResidualBlockSpec X3DBlock(int width, int inner, int squeezed, bool isFirst)
    {
        var squeezeExcite = squeezed > 0
            ? new SqueezeExciteSpec(squeezed, ActivationType.Relu, GateType.Sigmoid, IsBeforeActivation: true)
            : null;
        return new ResidualBlockSpec(
            [
                new(Point, inner, Activation: ActivationType.Relu),
                new(new(3, 3), inner, isFirst ? 2 : 1, ActivationType.Swish, IsDepthwise: true, SqueezeExcite: squeezeExcite),
                new(Point, width),
            ],
            isFirst ? SkipType.Projected : SkipType.Identity, ActivationType.Relu, StartsAtSkip: true);
    }

    private static IEnumerable<ResidualBlockSpec> ResNetStage(int inner, int depth, int stride, int temporal) =>
        Enumerable.Range(0, depth).Select(i => new ResidualBlockSpec(
            [
                new(new(temporal, 1), inner, Activation: ActivationType.Relu),
                new(new(1, 3), inner, i == 0 ? stride : 1, ActivationType.Relu),
                new(Point, ResNetExpansion * inner),
            ],
            i == 0 ? SkipType.Projected : SkipType.Identity, ActivationType.Relu, StartsAtSkip: true));
}
