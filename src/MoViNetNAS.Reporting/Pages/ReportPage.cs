namespace MoViNetNAS.Reporting;

/// <summary>What there is to say of some runs, free of any form; <see cref="HtmlReport"/> and <see cref="LatexPaper"/> read it.</summary>
/// <param name="Title">Title.</param>
/// <param name="Summary">The most important in one paragraph.</param>
/// <param name="Sections">In order.</param>
/// <remarks>Texts may hold two marks: `code` between backquotes, and [@key] for a work in <see cref="References"/>.</remarks>
public sealed record ReportPage(string Title, string Summary, IReadOnlyList<ReportSection> Sections) : IDisposable
{
    /// <summary>The works that its texts cite, in the order in which they are first cited.</summary>
    /// <exception cref="ArgumentException">A text cites a work that is not known.</exception>
    public IReadOnlyList<Reference> Cited => [.. Sections.SelectMany(section => section.Blocks).SelectMany(block => block.Texts).Prepend(Summary)
        .SelectMany(RichText.Parse).Where(span => span.Kind == RichSpanKind.Citation).Select(span => span.Text).Distinct().Select(References.Get)];

    /// <summary>Disposes its figures.</summary>
    public void Dispose()
    {
        foreach (var figure in Sections.SelectMany(section => section.Blocks).OfType<FigureBlock>()) figure.Drawing.Dispose();
    }
}
