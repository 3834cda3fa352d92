using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>How long a streamed frame takes: measured milliseconds of operations, added up. From <see cref="LatencyFit"/> or <see cref="LatencyFile"/>.</summary>
/// <remarks>Operations of a compiled network follow each other, so their times add up; what a whole network takes besides, and what
/// clocks between operations cost, is in <see cref="Calibration"/>. Immutable.</remarks>
public sealed class LatencyTable
{
    /// <summary>A table of the given values.</summary>
    public LatencyTable(
        LatencyOrigin origin, ImmutableDictionary<OperationKey, double> entries, ImmutableDictionary<string, LatencyLine> lines,
        LatencyLine calibration, LatencyValidation? validation)
    {
        (Origin, Entries, Lines, Calibration, Validation) = (origin, entries, lines, calibration, validation);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LatencyFile.ToJson(this))));
    }

    /// <summary>Of which networks, and where.</summary>
    public LatencyOrigin Origin { get; }

    /// <summary>Milliseconds of the operations that were measured.</summary>
    public ImmutableDictionary<OperationKey, double> Entries { get; }

    /// <summary>For each part the line from <see cref="OperationKeys.Work"/> to milliseconds, for operations that were not.</summary>
    public ImmutableDictionary<string, LatencyLine> Lines { get; }

    /// <summary>From the sum of a network's operations, in milliseconds, to its whole time.</summary>
    public LatencyLine Calibration { get; }

    /// <summary>How well it does; null when nobody tried.</summary>
    public LatencyValidation? Validation { get; }

    /// <summary>SHA-256 (hex) of everything in it: searches with different tables are different searches.</summary>
    public string Hash { get; }

    /// <summary>Milliseconds of a streamed frame.</summary>
    public double Of(Architecture architecture) => Whole(OperationKeys.Of(architecture, Origin.Resolution).Sum(Of));

    /// <summary>Milliseconds of one operation: measured, or by the line of its part.</summary>
    /// <exception cref="InputException">Nothing of its part is in the table: its file was changed by hand.</exception>
    public double Of(OperationKey key)
    {
        if (Entries.TryGetValue(key, out double ms)) return ms;
        return Lines.TryGetValue(key.Part, out var line)
            ? line.At(OperationKeys.Work(key, Origin.Variant, Origin.Classes))
            : throw new InputException($"the latency table has neither a time for '{key}' nor a line for the part '{key.Part}'; measure it again with `movinet bench latency`.");
    }

    /// <summary>Milliseconds of a network whose operations take <paramref name="operationMs"/> together.</summary>
    public double Whole(double operationMs) => Calibration.At(operationMs);

    /// <summary>Why the table is not of the given networks, in words that go on after its name; null when it is.</summary>
    /// <param name="space">The space of the networks.</param>
    /// <param name="variant">How they are built.</param>
    /// <param name="resolution">Rows and columns of their frames.</param>
    /// <param name="classes">Outputs of their classifiers; null when not known yet.</param>
    public string? Mismatch(SearchSpace space, NetworkVariant variant, int resolution, int? classes = null)
    {
        if (space.Definition.InputChoices is { Resolutions.Length: > 1 })
            return $"holds milliseconds of one resolution, and space '{space.Name}' chooses among several: search it for another objective";
        string? difference =
            Origin.SpaceHash != space.Hash ? $"is of space '{Origin.SpaceName}' (hash {Origin.SpaceHash[..12]}), not of '{space.Name}' (hash {space.Hash[..12]})"
            : Origin.Variant.Name != variant.Name ? $"is of the variant '{Origin.Variant.Name}', not of '{variant.Name}'"
            : Origin.Resolution != resolution ? $"is of frames of {Origin.Resolution}x{Origin.Resolution}, not {resolution}x{resolution}"
            : classes is { } count && Origin.Classes != count ? $"is of networks with {Origin.Classes} classes, not {count}"
            : null;
        return difference is null ? null : $"{difference}; `movinet bench latency --space FILE --variant {variant.Name} --classes {(classes is { } n ? $"{n}" : "N")}` measures what is needed";
    }
}
