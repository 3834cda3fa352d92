using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MoViNetNAS.Notebooks;

/// <summary>A cell with code.</summary>
/// <param name="Number">Counted from 1 among the cells with code, as "[1]" stands beside it.</param>
/// <param name="Id">Its name in the file.</param>
/// <param name="Code">C#.</param>
/// <param name="Outputs">What the file holds.</param>
/// <param name="Tolerance">How far a number may be from the one in the file, as a fraction of the larger.</param>
public sealed record NotebookCell(int Number, string Id, string Code, ImmutableArray<CellOutput> Outputs, double Tolerance)
{
    /// <summary>The tolerance of a cell whose metadata have no "tolerance".</summary>
    public const double UsualTolerance = 0.05;

    internal static NotebookCell Of(int number, JsonObject node) => new(
        number,
        (string?)node["id"] ?? "",
        NotebookText.Joined(node["source"]),
        [.. (node["outputs"] as JsonArray ?? []).Select(output => CellOutput.Of(output!))],
        (double?)node["metadata"]?["tolerance"] ?? UsualTolerance);
}
