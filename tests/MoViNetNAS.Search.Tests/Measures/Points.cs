using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Small whole-numbered points, so that ties and doubles are frequent and volumes can be counted cell by cell.</summary>
internal static class Points
{
    public static ImmutableArray<double> Of(params double[] objectives) => [.. objectives];

    public static List<ImmutableArray<double>> Draw(ulong seed, int count, int objectives, int size)
    {
        var random = new RandomStream(seed).Derive("points");
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, objectives).Select(_ => (double)random.Below(size)).ToImmutableArray())];
    }

    /// <summary>Every cell of a cube of whole numbers, as its lower corner.</summary>
    public static IEnumerable<ImmutableArray<double>> Cells(int objectives, int size) => objectives == 0
        ? [[]]
        : Cells(objectives - 1, size).SelectMany(cell => Enumerable.Range(0, size).Select(last => cell.Add(last)));
}
