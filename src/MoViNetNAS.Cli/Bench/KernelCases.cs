using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>The operations that are compared: every depthwise kernel of the space, at sizes that A0 at 172x172 meets.</summary>
internal static class KernelCases
{
    public static IReadOnlyList<KernelCase> Full { get; } =
    [
        new DepthwiseCase(new KernelShape(1, 3), channels: 80, frames: 16, size: 22),
        new DepthwiseCase(new KernelShape(1, 5), channels: 280, frames: 16, size: 6),
        new DepthwiseCase(new KernelShape(1, 7), channels: 184, frames: 16, size: 11),
        new DepthwiseCase(new KernelShape(5, 1), channels: 80, frames: 16, size: 43),
        new DepthwiseCase(new KernelShape(7, 1), channels: 184, frames: 16, size: 22),
        new DepthwiseCase(new KernelShape(3, 3), channels: 80, frames: 16, size: 43),
        new DepthwiseCase(new KernelShape(3, 3), channels: 184, frames: 16, size: 11),
        new DepthwiseCase(new KernelShape(5, 3), channels: 184, frames: 16, size: 22),
        new DepthwiseCase(new KernelShape(1, 5), channels: 24, frames: 16, size: 86, stride: 2),
        new DepthwiseCase(new KernelShape(3, 3), channels: 80, frames: 16, size: 43, stride: 2),
        new DepthwiseCase(new KernelShape(5, 3), channels: 184, frames: 16, size: 11, isCausal: true),
        new DepthwiseCase(new KernelShape(5, 1), channels: 184, frames: 1, size: 11, hasBuffer: true),
        new DepthwiseCase(new KernelShape(5, 3), channels: 184, frames: 4, size: 11, hasBuffer: true),
        new BatchNormCase(24, 16, 86),
        new BatchNormCase(80, 16, 43),
        new BatchNormCase(184, 16, 11),
        new PointwiseCase(8, 24, 16, 86),
        new PointwiseCase(80, 32, 16, 22),
        new PointwiseCase(56, 184, 16, 11),
        new PointwiseCase(384, 104, 16, 6),
    ];

    /// <summary>One of each kind, small.</summary>
    public static IReadOnlyList<KernelCase> Quick { get; } =
    [
        new DepthwiseCase(new KernelShape(3, 3), channels: 16, frames: 4, size: 8),
        new DepthwiseCase(new KernelShape(5, 3), channels: 16, frames: 2, size: 8, stride: 2, hasBuffer: true),
        new BatchNormCase(16, 4, 8),
        new PointwiseCase(16, 24, 4, 8),
    ];
}
