namespace MoViNetNAS.Models.Kernels;

/// <summary>Some neighbouring blocks of columns whose weights lie together, row by row.</summary>
/// <param name="FirstBlock">First block of columns.</param>
/// <param name="Vectors">Blocks: 1, 2 or 3.</param>
/// <param name="Offset">Floats before the panel in the packed weights.</param>
internal readonly record struct MatrixPanel(int FirstBlock, int Vectors, long Offset)
{
    internal const int MostVectors = 3;

    /// <summary>Cuts <paramref name="blocks"/> into panels of three, but ends with two of two instead of three and one.</summary>
    internal static MatrixPanel[] Cut(int blocks, int width, int depth)
    {
        var panels = new List<MatrixPanel>();
        for (int block = 0; block < blocks;)
        {
            int left = blocks - block;
            int vectors = left == MostVectors + 1 ? 2 : Math.Min(left, MostVectors);
            panels.Add(new MatrixPanel(block, vectors, (long)block * width * depth));
            block += vectors;
        }

        return [.. panels];
    }
}
