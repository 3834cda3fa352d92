namespace MoViNetNAS.Models;

/// <summary>What a file says a tensor's shape is, before anything is allocated for it.</summary>
internal static class TensorShape
{
    /// <summary>Libtorch's loops know no more; weights have five.</summary>
    public const int MostAxes = 32;

    /// <summary>Number of elements of <paramref name="shape"/>; null when it is no shape: an axis below 0, too many axes, or a product beyond 63 bits.</summary>
    /// <remarks>The axes beside one of size 0 are held to the same limit: libtorch multiplies them into strides.</remarks>
    public static long? Elements(IReadOnlyList<long> shape)
    {
        if (shape.Count > MostAxes) return null;
        Int128 product = 1;
        bool isEmpty = false;
        foreach (long size in shape)
        {
            if (size < 0) return null;
            if (size == 0) isEmpty = true;
            else product *= size;
            if (product > long.MaxValue / 16) return null; // bytes must fit too
        }

        return isEmpty ? 0 : (long)product;
    }
}
