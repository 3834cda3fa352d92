using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Figures;

/// <summary>Published results as points of a picture: qualities as published, costs counted by ourselves, so that all networks are counted alike.</summary>
internal static class PublishedNetworks
{
    /// <summary>Where they lie when nobody says otherwise.</summary>
    public static string DefaultFolder { get; } = Path.Combine("results", "published");

    private const int Classes = 600;

    /// <summary><paramref name="figure"/> with the networks of <paramref name="rows"/> that were tested on <paramref name="dataset"/> as points, or, where none was, with the costs of all as marks.</summary>
    /// <param name="figure">Whose objective says which cost.</param>
    /// <param name="rows">Published results.</param>
    /// <param name="dataset">The data of the runs; null when it is no published one.</param>
    /// <param name="hasCosts">Whether costs alone are to be marked.</param>
    public static ParetoFigure Beside(ParetoFigure figure, IReadOnlyList<PublishedResult> rows, string? dataset, bool hasCosts)
    {
        if (figure.Objective == CostObjective.LatencyMs) return figure; // nobody published their milliseconds on this machine
        var points = rows.Where(row => row.Variant == "base" && row.Dataset == dataset)
            .Select(row => new ReferencePoint(row.Network.ToUpperInvariant(), CostOf(row.Network, figure.Objective), row.Top1)).ToList();
        if (points.Count > 0) return figure with { References = points, ReferenceLabel = $"published, {dataset}, trained alone" };
        return hasCosts
            ? figure with { CostMarks = [.. rows.Select(row => row.Network).Distinct().Select(network => new ReferencePoint(network.ToUpperInvariant(), CostOf(network, figure.Objective), 0))] }
            : figure;
    }

    // Counted as causal networks, which a search counts too; a frame of a base network has no cost of its own.
    private static double CostOf(string network, CostObjective objective) =>
        Cost.Together([.. NamedNetworks.Members(network, NetworkVariant.Causal).Select(member => CostModel.Of(member, Classes))]).Of(objective);
}
