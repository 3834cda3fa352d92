namespace MoViNetNAS.Reporting;

/// <summary>A part of a page under one heading.</summary>
/// <param name="Id">Name of the anchor and of the file: lower-case letters and hyphens.</param>
/// <param name="Heading">The heading.</param>
/// <param name="Blocks">What stands under it.</param>
public sealed record ReportSection(string Id, string Heading, IReadOnlyList<ReportBlock> Blocks);
