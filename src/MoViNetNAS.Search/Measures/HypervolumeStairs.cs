namespace MoViNetNAS.Search;

/// <summary>A staircase in two minimised objectives and the area it dominates, kept while points come.</summary>
internal sealed class HypervolumeStairs(double referenceX, double referenceY)
{
    private readonly List<double> _xs = []; // ascending; the y of each is below the one before
    private readonly List<double> _ys = [];

    /// <summary>What the points so far dominate within the reference.</summary>
    public double Area { get; private set; }

    /// <summary>Adds a point that is below the reference in both.</summary>
    /// <returns>False when a point before dominates or equals it.</returns>
    public bool Add(double x, double y)
    {
        int found = _xs.BinarySearch(x), at = found < 0 ? ~found : found;
        double above = at == 0 ? referenceY : _ys[at - 1];
        if (above <= y || (found >= 0 && _ys[at] <= y)) return false;

        // From x to the next lower stair the old heights go and one new height comes.
        int end = at;
        double from = x;
        for (; end < _xs.Count && _ys[end] >= y; end++)
        {
            Area += (_xs[end] - from) * (above - y);
            (from, above) = (_xs[end], _ys[end]);
        }

        Area += ((end == _xs.Count ? referenceX : _xs[end]) - from) * (above - y);
        _xs.RemoveRange(at, end - at);
        _ys.RemoveRange(at, end - at);
        _xs.Insert(at, x);
        _ys.Insert(at, y);
        return true;
    }
}
