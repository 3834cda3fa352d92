namespace MoViNetNAS.Reporting;

/// <summary>A heading within a section, such as the name of a run.</summary>
/// <param name="Text">Plain text.</param>
public sealed record HeadingBlock(string Text) : ReportBlock;
