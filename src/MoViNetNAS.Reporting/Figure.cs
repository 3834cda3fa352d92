using MoViNetNAS.Spaces;
using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>A figure that has been drawn, with the data it shows. The caller disposes it.</summary>
public sealed class Figure : IDisposable
{
    private readonly FigureSize _size;
    private readonly IReadOnlyList<Plot> _plots;

    internal Figure(FigureSize size, string csv, params IReadOnlyList<Plot> plots) => (_size, Csv, _plots) = (size, csv, plots);

    /// <summary>The data of the figure as CSV (RFC 4180), one row for each mark, numbers exact.</summary>
    public string Csv { get; }

    /// <summary>The figure as SVG; texts stay texts.</summary>
    public string Svg() => FigureCanvas.Svg(_size, _plots);

    /// <summary>The figure as PNG.</summary>
    public byte[] Png() => FigureCanvas.Png(_size, _plots);

    /// <summary>The figure as one page of PDF with embedded fonts.</summary>
    public byte[] Pdf() => FigureCanvas.Pdf(_size, _plots);

    /// <summary>Writes ".svg", ".png", ".pdf" and the data as ".csv" after <paramref name="pathWithoutExtension"/>.</summary>
    /// <returns>The paths of the four files.</returns>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public IReadOnlyList<string> Save(string pathWithoutExtension)
    {
        AtomicFile.WriteText(pathWithoutExtension + ".svg", Svg());
        AtomicFile.Write(pathWithoutExtension + ".png", stream => stream.Write(Png()));
        AtomicFile.Write(pathWithoutExtension + ".pdf", stream => stream.Write(Pdf()));
        AtomicFile.WriteText(pathWithoutExtension + ".csv", Csv);
        return [.. new[] { ".svg", ".png", ".pdf", ".csv" }.Select(extension => pathWithoutExtension + extension)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var plot in _plots) plot.Dispose();
    }
}
