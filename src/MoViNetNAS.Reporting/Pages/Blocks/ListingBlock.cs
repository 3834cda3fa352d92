namespace MoViNetNAS.Reporting;

/// <summary>A file as it is, such as a configuration; folded on a screen.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Content">Its text.</param>
public sealed record ListingBlock(string Title, string Content) : ReportBlock;
