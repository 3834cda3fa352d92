using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>How fast this machine multiplies and adds where nothing else is to do: the limit that networks are held against.</summary>
internal static class MatrixSpeed
{
    private const int Size = 1024, QuickSize = 128;

    /// <summary>10^9 multiply-adds a second of a square matrix product, with the threads in use.</summary>
    public static double Measure(BenchContext context)
    {
        int size = context.IsQuick ? QuickSize : Size;
        using var a = ClipLayouts.Normal(BenchContext.Random("matrix a"), size, size);
        using var b = ClipLayouts.Normal(BenchContext.Random("matrix b"), size, size);
        var time = context.Timing.Of(
            () =>
            {
                using var unrecorded = no_grad();
                using var product = mm(a, b);
            },
            context.Cancellation);
        return (double)size * size * size / (time.MedianMs * 1e6);
    }
}
