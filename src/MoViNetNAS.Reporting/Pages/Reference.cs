namespace MoViNetNAS.Reporting;

/// <summary>A published work.</summary>
/// <param name="Key">How texts cite it.</param>
/// <param name="Authors">All of them, "Given Family", in order.</param>
/// <param name="Title">Title.</param>
/// <param name="Venue">Conference or journal.</param>
/// <param name="Year">Year of publication.</param>
/// <param name="Arxiv">Number on arXiv; null where it is not there.</param>
public sealed record Reference(string Key, IReadOnlyList<string> Authors, string Title, string Venue, int Year, string? Arxiv)
{
    /// <summary>Volume, number and pages of a journal; null for a conference.</summary>
    public (string Volume, string? Number, string Pages)? Issue { get; init; }

    /// <summary>Where it was published, as a reader looks for it: "Machine Learning 8:229-256".</summary>
    public string Place => Issue is { } issue ? $"{Venue} {issue.Volume}{(issue.Number is null ? "" : $"({issue.Number})")}:{issue.Pages}" : Venue;
}
