namespace MoViNetNAS.Spaces;

/// <summary>The shape of a depthwise kernel: frames x height x width, height and width being equal.</summary>
/// <param name="Temporal">Frames, odd.</param>
/// <param name="Spatial">Rows and columns, odd.</param>
public readonly record struct KernelShape(int Temporal, int Spatial)
{
    /// <summary>The seven kernels of the MoViNet space. Source: MoViNets (arXiv 2103.11511), section 3.1.</summary>
    public static IReadOnlyList<KernelShape> All { get; } =
        [new(1, 3), new(1, 5), new(1, 7), new(5, 1), new(7, 1), new(3, 3), new(5, 3)];

    /// <summary>Weights per channel.</summary>
    public int Volume => Temporal * Spatial * Spatial;

    /// <summary>Reads "5x3x3".</summary>
    public static bool TryParse(string text, out KernelShape kernel)
    {
        kernel = All.FirstOrDefault(known => known.ToString() == text);
        return kernel != default;
    }

    /// <summary>"5x3x3".</summary>
    public override string ToString() => $"{Temporal}x{Spatial}x{Spatial}";
}
