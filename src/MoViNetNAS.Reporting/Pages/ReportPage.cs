namespace MoViNetNAS.Reporting;

/// <summary>What there is to say of some runs, free of any form; <see cref="HtmlReport"/> and <see cref="LatexPaper"/> read it.</summary>
/// <param name="Title">Title.</param>
/// <param name="Summary">The most important in one paragraph.</param>
/// <param name="Sections">In order.</param>
/// <remarks>Texts may hold marks: `code` between backquotes, [@key] for a work in <see cref="References"/>, [#id] for a figure or table of the page.</remarks>
public sealed record ReportPage(string Title, string Summary, IReadOnlyList<ReportSection> Sections) : IDisposable
{
    /// <summary>The works that its texts cite, in the order in which they are first cited.</summary>
    /// <exception cref="ArgumentException">A text cites a work that is not known.</exception>
    public IReadOnlyList<Reference> Cited => [.. Sections.SelectMany(section => section.Blocks).SelectMany(block => block.Texts).Prepend(Summary)
        .SelectMany(RichText.Parse).Where(span => span.Kind == RichSpanKind.Citation).Select(span => span.Text).Distinct().Select(References.Get)];

    /// <summary>What figures and tables are called, by id: "Figure 1", "Table 2", counted in their order.</summary>
    /// <exception cref="ArgumentException">Two have one id.</exception>
    public IReadOnlyDictionary<string, string> Labels
    {
        get
        {
            var blocks = Sections.SelectMany(section => section.Blocks).ToList();
            return blocks.OfType<FigureBlock>().Select((figure, i) => (figure.Id, Label: $"Figure {i + 1}"))
                .Concat(blocks.OfType<TableBlock>().Select((table, i) => (table.Id, Label: $"Table {i + 1}")))
                .ToDictionary(label => label.Id, label => label.Label);
        }
    }

    /// <summary>Disposes its figures.</summary>
    public void Dispose()
    {
        foreach (var figure in Sections.SelectMany(section => section.Blocks).OfType<FigureBlock>()) figure.Drawing.Dispose();
    }
}
