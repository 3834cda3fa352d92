using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A large square matrix product of libtorch's, where a machine does little but multiply and add: the limit that networks are held against.</summary>
internal sealed class MatrixSpeed : IDisposable
{
    private const int Size = 1024, QuickSize = 128;
    private readonly Tensor _a, _b;

    public MatrixSpeed(bool isQuick)
    {
        int size = isQuick ? QuickSize : Size;
        Macs = (long)size * size * size;
        _a = ClipLayouts.Normal(BenchContext.Random("matrix a"), size, size);
        _b = ClipLayouts.Normal(BenchContext.Random("matrix b"), size, size);
    }

    /// <summary>Multiply-adds of a product.</summary>
    public long Macs { get; }

    /// <summary>Makes a product.</summary>
    public void Multiply()
    {
        using var unrecorded = no_grad();
        using var product = mm(_a, _b);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }
}
