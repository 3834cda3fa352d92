namespace MoViNetNAS.Models.Kernels;

/// <summary>The positions of a [positions, C] matrix cut into parts, by its size alone.</summary>
internal readonly struct PositionParts
{
    private const long PartElements = 64 * 1024;
    private const int MostParts = 64;

    private readonly long _positions;

    internal PositionParts(long positions, int channels)
    {
        _positions = positions;
        Count = (int)Math.Clamp(positions * channels / PartElements, 1, MostParts);
    }

    internal int Count { get; }

    internal (long First, long End) this[int part] => (_positions * part / Count, _positions * (part + 1) / Count);
}
