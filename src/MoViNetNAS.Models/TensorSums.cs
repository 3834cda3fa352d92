using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Sums and differences of tensors whose hidden factor stays alive.</summary>
/// <remarks>TorchSharp's <c>a + b</c>, <c>a - b</c>, <c>add</c>, <c>add_</c>, <c>sub</c> and <c>sub_</c> of two tensors make a native scalar 1 for libtorch's
/// factor alpha, and do not keep it alive: see <see cref="Scalars"/>. So loops add and subtract with these.</remarks>
public static class TensorSums
{
    /// <summary>a + b, broadcast; the caller disposes it.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, Scalars.Of(1));

    /// <summary>a - b, broadcast; the caller disposes it.</summary>
    public static Tensor Minus(this Tensor a, Tensor b) => a.add(b, Scalars.Of(-1));

    /// <summary>Adds b to a, in place; returns a.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b) => a.add_(b, Scalars.Of(1));

    /// <summary>Subtracts b from a, in place; returns a.</summary>
    public static Tensor MinusInPlace(this Tensor a, Tensor b) => a.add_(b, Scalars.Of(-1));
}
