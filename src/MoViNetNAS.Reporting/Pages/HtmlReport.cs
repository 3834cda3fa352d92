using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace MoViNetNAS.Reporting;

/// <summary>A page as one HTML file that needs nothing else: style, figures and the sorting of tables are in it, and nothing is fetched.</summary>
public static partial class HtmlReport
{
    private const double ScreenScale = 1.5; // a text of a figure is then about as high as the page's

    /// <summary>The file's text. The same page gives the same text. Without JavaScript all of it can be read; with it, tables can be sorted.</summary>
    public static string Render(ReportPage page)
    {
        var (cited, labels) = (page.Cited, page.Labels);
        string Inline(string text) => HtmlReport.Inline(text, cited, labels);
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<link rel=\"icon\" href=\"data:,\">\n") // or a browser asks a server for one
            .Append("<title>").Append(HtmlText.Escape(page.Title)).Append("</title>\n<style>\n").Append(Asset("report.css")).Append("</style>\n</head>\n<body>\n")
            .Append("<header>\n<h1>").Append(HtmlText.Escape(page.Title)).Append("</h1>\n<p class=\"summary\">").Append(Inline(page.Summary)).Append("</p>\n</header>\n")
            .Append("<nav aria-label=\"Sections\">\n<ul>\n");
        foreach (var section in page.Sections) text.Append(Link(section.Id, section.Heading));
        if (cited.Count > 0) text.Append(Link("references", "References"));
        text.Append("</ul>\n</nav>\n<main>\n");
        foreach (var section in page.Sections)
        {
            text.Append("<section id=\"").Append(section.Id).Append("\">\n<h2>").Append(HtmlText.Escape(section.Heading)).Append("</h2>\n");
            foreach (var block in section.Blocks) text.Append(Block(block, Inline, labels));
            text.Append("</section>\n");
        }

        if (cited.Count > 0) text.Append(Works(cited));
        return text.Append("</main>\n<script>\n").Append(Asset("report.js")).Append("</script>\n</body>\n</html>\n").ToString();
    }

    /// <summary>An SVG to stand in a page beside others: its names are made its own, and it is as wide as a screen has room for.</summary>
    /// <param name="svg">The file's text.</param>
    /// <param name="id">What no other figure of the page is called.</param>
    /// <param name="label">What it shows, for those who cannot see it.</param>
    public static string InlineSvg(string svg, string id, string label)
    {
        string own = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        own = IdAttribute().Replace(own, match => $"{match.Groups[1].Value}{id}-{match.Groups[2].Value}\"");
        own = Link().Replace(own, match => $"{match.Groups[1].Value}#{id}-{match.Groups[2].Value}");

        // The font of the figures may be missing here; Verdana has its widths.
        own = own.Replace("font-family=\"DejaVu Sans\"", "font-family=\"'DejaVu Sans', Verdana, sans-serif\"", StringComparison.Ordinal);
        double width = double.Parse(ViewBox().Match(own).Groups[1].Value, CultureInfo.InvariantCulture);
        own = own[..own.IndexOf('>', StringComparison.Ordinal)] is var tag ? SizeAttribute().Replace(tag, "") + own[tag.Length..] : own;
        return new Regex("<svg ").Replace(own, $"<svg style=\"width:{(int)(ScreenScale * width)}px\" role=\"img\" aria-label=\"{HtmlText.Escape(label)}\" ", 1).TrimEnd();
    }

    private static string Block(ReportBlock block, Func<string, string> inline, IReadOnlyDictionary<string, string> labels) => block switch
    {
        ParagraphBlock paragraph => $"<p>{inline(paragraph.Text)}</p>\n",
        HeadingBlock heading => $"<h3>{HtmlText.Escape(heading.Text)}</h3>\n",
        ListBlock list => $"<ul{(list.IsWarning ? " class=\"warnings\"" : "")}>\n{string.Concat(list.Items.Select(item => $"<li>{inline(item)}</li>\n"))}</ul>\n",
        FactsBlock facts => $"<dl>\n{string.Concat(facts.Facts.Select(fact => $"<dt>{HtmlText.Escape(fact.Name)}</dt><dd>{inline(fact.Value)}</dd>\n"))}</dl>\n",
        FigureBlock figure => Figure(figure, inline, labels[figure.Id]),
        TableBlock table => Table(table, inline, labels[table.Id]),
        ListingBlock listing => $"<details>\n<summary>{HtmlText.Escape(listing.Title)}</summary>\n<pre><code>{HtmlText.Escape(listing.Content)}</code></pre>\n</details>\n",
        ChecklistBlock checklist => Checklist(checklist, inline),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "no way to show it"),
    };

    // A wide table scrolls in its own box, which the keyboard must be able to reach.
    private static string Table(TableBlock table, Func<string, string> inline, string label) =>
        $"<div class=\"table\" id=\"table-{table.Id}\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">\n{table.Table.ToHtml($"<b>{label}.</b> {inline(table.Caption)}")}</div>\n";

    private static string Figure(FigureBlock figure, Func<string, string> inline, string label) =>
        $"<figure id=\"figure-{figure.Id}\">\n<div class=\"drawing\">{InlineSvg(figure.Drawing.Svg(), $"figure-{figure.Id}", $"{label}: {Plain(figure.Caption)}")}</div>\n" +
        $"<figcaption><b>{label}.</b> {inline(figure.Caption)}<br><code>{HtmlText.Escape(figure.Command)}</code></figcaption>\n</figure>\n";

    private static string Checklist(ChecklistBlock checklist, Func<string, string> inline)
    {
        var text = new StringBuilder();
        foreach (var topic in checklist.Items.GroupBy(item => item.Topic))
        {
            text.Append("<h3>").Append(HtmlText.Escape(topic.Key)).Append("</h3>\n<ul class=\"checklist\">\n");
            foreach (var item in topic)
            {
                text.Append(CultureInfo.InvariantCulture, $"<li class=\"{item.Answer.ToString().ToLowerInvariant()}\">{inline(item.Question)} <strong>{Word(item.Answer)}.</strong> {inline(item.Evidence)}</li>\n");
            }

            text.Append("</ul>\n");
        }

        return text.ToString();
    }

    internal static string Word(ChecklistAnswer answer) => answer switch
    {
        ChecklistAnswer.Yes => "Yes",
        ChecklistAnswer.Partly => "Partly",
        ChecklistAnswer.No => "No",
        ChecklistAnswer.NotApplicable => "Not applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "not an answer"),
    };

    private static string Works(IReadOnlyList<Reference> cited)
    {
        var text = new StringBuilder("<section id=\"references\">\n<h2>References</h2>\n<ol>\n");
        foreach (var work in cited)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li id=\"ref-{work.Key}\">{HtmlText.Escape(string.Join(", ", work.Authors))}. {HtmlText.Escape(work.Title)}. ")
                .Append(CultureInfo.InvariantCulture, $"<cite>{HtmlText.Escape(work.Place)}</cite>, {work.Year}.{(work.Arxiv is null ? "" : $" arXiv {work.Arxiv}.")}</li>\n");
        }

        return text.Append("</ol>\n</section>\n").ToString();
    }

    private static string Inline(string text, IReadOnlyList<Reference> cited, IReadOnlyDictionary<string, string> labels) => string.Concat(RichText.Parse(text).Select(span => span.Kind switch
    {
        RichSpanKind.Code => $"<code>{HtmlText.Escape(span.Text)}</code>",
        RichSpanKind.Citation => $"<a href=\"#ref-{span.Text}\">[{1 + cited.Select(work => work.Key).ToList().IndexOf(span.Text)}]</a>",
        RichSpanKind.Label => labels.TryGetValue(span.Text, out string? label)
            ? $"<a href=\"#{label.Split(' ')[0].ToLowerInvariant()}-{span.Text}\">{label.ToLowerInvariant()}</a>"
            : throw new ArgumentException($"there is no figure or table '{span.Text}'.", nameof(text)),
        _ => HtmlText.Escape(span.Text),
    }));

    private static string Plain(string text) => string.Concat(RichText.Parse(text).Where(span => span.Kind != RichSpanKind.Citation).Select(span => span.Text)).Trim();

    private static string Link(string id, string name) => $"<li><a href=\"#{id}\">{HtmlText.Escape(name)}</a></li>\n";

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("viewBox=\"0 0 ([0-9.]+) ")]
    private static partial Regex ViewBox();

    [GeneratedRegex("\\s(?:width|height)=\"[^\"]*\"")]
    private static partial Regex SizeAttribute();

    [GeneratedRegex("(\\sid=\")([^\"]*)\"")]
    private static partial Regex IdAttribute();

    [GeneratedRegex("(url\\(|href=\")#([^\")]+)")]
    private static partial Regex Link();
}
