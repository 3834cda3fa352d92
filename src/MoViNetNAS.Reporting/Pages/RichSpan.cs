namespace MoViNetNAS.Reporting;

/// <summary>A part of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its words, code or key, without the marks.</param>
public readonly record struct RichSpan(RichSpanKind Kind, string Text);
