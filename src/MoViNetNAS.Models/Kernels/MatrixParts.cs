namespace MoViNetNAS.Models.Kernels;

/// <summary>A matrix product cut into parts, by its size alone: groups of rows, and groups of panels where the rows are few.</summary>
internal readonly struct MatrixParts
{
    // A group's rows and a panel's weights should lie in the first-level cache together; the fewer rows a group has, the more often
    // the weights are read again.
    private const int MostRows = 64, FewestRows = 16, WantedParts = 16;

    private readonly int _rows;
    private readonly int _panels;
    private readonly int _rowsPerPart;
    private readonly int _rowParts;
    private readonly int _panelParts;

    internal MatrixParts(int rows, int panels)
    {
        (_rows, _panels) = (rows, panels);
        _rowsPerPart = Math.Clamp((rows / WantedParts + 7) & ~7, FewestRows, MostRows);
        _rowParts = (rows + _rowsPerPart - 1) / _rowsPerPart;
        _panelParts = Math.Min(panels, (WantedParts + _rowParts - 1) / _rowParts);
    }

    internal int Count => _rowParts * _panelParts;

    internal (int FirstRow, int EndRow, int FirstPanel, int EndPanel) this[int part]
    {
        get
        {
            int rowPart = part / _panelParts, panelPart = part % _panelParts;
            int first = rowPart * _rowsPerPart;
            return (
                first, Math.Min(first + _rowsPerPart, _rows),
                (int)((long)_panels * panelPart / _panelParts), (int)((long)_panels * (panelPart + 1) / _panelParts));
        }
    }
}
