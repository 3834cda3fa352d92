using MoViNetNAS.Spaces;
using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>Colours of the kernels of a network. The seven of the MoViNet space have the same colour in every figure; others, which imported or written networks may have, get further ones in order of size.</summary>
internal sealed class KernelColors
{
    // Black comes last: its pale shade is the grey of stem and head.
    private static readonly KernelShape[] Known = [new(3, 3), new(1, 5), new(5, 3), new(1, 3), new(1, 7), new(5, 1), new(7, 1)];

    // Indigo, wine, olive and sand of Paul Tol's "muted" scheme: apart from the colours of the known with every kind of colour blindness.
    private static readonly Color[] Further = [.. new[] { "#332288", "#882255", "#999933", "#DDCC77" }.Select(Color.FromHex)];

    // More colours could not be told apart; these kernels are told by the names at their layers and by the data.
    private static readonly Color Rest = Color.FromHex("#666666");

    private readonly Dictionary<KernelShape, Color> _colors = [];

    /// <param name="kernels">Those of the network, in any order and number.</param>
    public KernelColors(IEnumerable<KernelShape> kernels)
    {
        KernelShape[] present = [.. kernels.Distinct()];
        var legend = new List<(string Name, Color Color)>();
        void Add(KernelShape kernel, Color color) => legend.Add(($"{kernel}", _colors[kernel] = color));
        for (int i = 0; i < Known.Length; i++)
            if (present.Contains(Known[i])) Add(Known[i], FigureStyle.Series(i));
        KernelShape[] others = [.. present.Except(Known).OrderBy(kernel => kernel.Temporal).ThenBy(kernel => kernel.Spatial)];
        for (int i = 0; i < Math.Min(others.Length, Further.Length); i++) Add(others[i], Further[i]);
        foreach (var kernel in others.Skip(Further.Length)) _colors[kernel] = Rest;
        if (others.Length > Further.Length) legend.Add(("other kernels", Rest));
        Legend = legend;
    }

    /// <summary>Names and colours of the kernels, each colour once.</summary>
    public IReadOnlyList<(string Name, Color Color)> Legend { get; }

    /// <summary>The colour of one of the network's kernels.</summary>
    public Color Of(KernelShape kernel) => _colors[kernel];
}
