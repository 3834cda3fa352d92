using System.Text.Json.Serialization;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Results of <see cref="SearchBench"/>.</summary>
internal sealed record SearchSection(IReadOnlyList<SearchRow> Rows) : IBenchSection
{
    /// <inheritdoc/>
    public string Title => "Bookkeeping of a search, one thread";

    /// <inheritdoc/>
    [JsonIgnore]
    public TextTable Table => new(
        ["work", "on", "figure", "unit", "bar", "held"],
        [.. Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Work, row.Size, Numbers.Three(row.Value), row.Unit, row.Bar is { } bar ? $"at most {bar:0.##}" : "-",
            row.IsWithinBar switch { true => "yes", false => "no", _ => "-" },
        ])],
        [false, false, true, false, false, false]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => ["Trials are stored in the folder for temporary files; what that disk is decides the last line."];

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<(string Column, object? Value)>> Records => Rows.Select(row => (IReadOnlyList<(string, object?)>)
    [
        ("work", row.Work), ("on", row.Size), ("value", row.Value), ("unit", row.Unit), ("bar", row.Bar), ("is_within_bar", row.IsWithinBar),
        .. Numbers.Columns("time", row.Time),
    ]);

    /// <inheritdoc/>
    [JsonIgnore]
    public string BarsTitle => "Bookkeeping";

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<BenchBar> Bars => [];
}
