using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>The results of a section, and the forms that they can be shown in.</summary>
internal interface IBenchSection
{
    /// <summary>What is compared, in a line.</summary>
    string Title { get; }

    /// <summary>For readers.</summary>
    TextTable Table { get; }

    /// <summary>What must be known to read the table, a sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>For programs: columns and exact values; a null is an empty cell.</summary>
    IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records { get; }

    /// <summary>The ratios that the picture shows; none where nothing is compared.</summary>
    IReadOnlyList<BenchBar> Bars { get; }

    /// <summary>What those ratios are, short.</summary>
    string BarsTitle { get; }

    /// <summary>Writes the section's own pictures into <paramref name="folder"/>, where it has some; returns their names.</summary>
    IReadOnlyList<string> SaveFigures(string folder) => [];
}
