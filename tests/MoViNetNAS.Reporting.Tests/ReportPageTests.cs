using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MoViNetNAS.Reporting.Tests;

public sealed class ReportPageTests
{
    [Fact]
    public void Marks_are_read_and_texts_from_outside_cannot_make_any()
    {
        Assert.Equal(
            [(RichSpanKind.Words, "see "), (RichSpanKind.Code, "a_b"), (RichSpanKind.Words, " by "), (RichSpanKind.Citation, "tunas"), (RichSpanKind.Words, ", "), (RichSpanKind.Label, "front"), (RichSpanKind.Words, " [1] `x")],
            RichText.Parse("see `a_b` by [@tunas], [#front] [1] `x").Select(span => (span.Kind, span.Text)));
        Assert.All(RichText.Parse(RichText.Words("`x` [@tunas] [#front]")), span => Assert.Equal(RichSpanKind.Words, span.Kind));
        Assert.Equal([RichSpanKind.Code], RichText.Parse(RichText.Code("a`b")).Select(span => span.Kind));
    }

    [Fact]
    public void Html_is_well_formed_numbered_and_self_contained_with_unique_names()
    {
        using var page = Page();
        string html = HtmlReport.Render(page);
        var body = XDocument.Parse(Regex.Match(html, "<main>.*</main>", RegexOptions.Singleline).Value.Replace("<br>", "<br/>", StringComparison.Ordinal));
        string[] ids = [.. body.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.True(ids.Count(id => id.StartsWith("figure-", StringComparison.Ordinal)) > 2); // clips of both drawings
        foreach (Match use in Regex.Matches(html, "url\\(#([^)]*)\\)|href=\"#([^\"]*)\"")) Assert.Contains(use.Groups[1].Value + use.Groups[2].Value, ids.Append("references"));
        Assert.Contains("<a href=\"#table-numbers\">table 1</a> and <a href=\"#figure-second\">figure 2</a>", html);
        Assert.Contains("<a href=\"#ref-tunas\">[1]</a>", html);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html);
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotMatch("(src|href)=\"(?!#|data:)", html.Replace("<link rel=\"icon\" href=\"data:,\">", "", StringComparison.Ordinal));
        Assert.Contains("<html lang=\"en\">", html);
        using var again = Page();
        Assert.Equal(html, HtmlReport.Render(again));
    }

    [Fact]
    public void Latex_has_every_file_that_it_reads_and_only_cited_works()
    {
        using var page = Page();
        var files = LatexPaper.Files(page, "Who & Co", "2026").ToDictionary(file => file.Path, file => Encoding.UTF8.GetString(file.Content.Span));
        Assert.Contains("\\author{Who \\& Co}", files["main.tex"]);
        Assert.Contains("\\input{sections/one}", files["main.tex"]);
        Assert.Contains("table~\\ref{tab:numbers} and figure~\\ref{fig:second}", files["sections/one.tex"]);
        Assert.Contains("\\label{tab:numbers-2}", files["sections/one.tex"]); // 60 rows do not fit on a page
        Assert.Equal(60, Regex.Count(files["tables/numbers.tex"] + files["tables/numbers-2.tex"], "row\\d+"));
        Assert.Equal(61, files["tables/numbers.csv"].TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("hidden", files["tables/numbers.tex"]);
        Assert.Contains("hidden", files["tables/numbers.csv"]);
        Assert.StartsWith("%PDF", files["figures/first.pdf"]);
        Assert.Single(Regex.Matches(files["references.bib"], "^@", RegexOptions.Multiline));
        Assert.Contains("Quoc V. Le}", files["references.bib"]);
        Assert.Contains("\\item Is it so? \\textbf{Partly.} Half of it.", files["checklist.tex"]);
        string listing = Regex.Match(files["sections/one.tex"], "\\\\begin\\{verbatim\\}\n(.*?)\\\\end\\{verbatim\\}", RegexOptions.Singleline).Groups[1].Value;
        Assert.All(listing.Split('\n'), line => Assert.True(line.Length <= 96));
        Assert.Contains("\\u00fc", listing);
    }

    [Fact]
    public void A_page_that_points_to_nothing_or_cites_what_is_unknown_is_a_mistake()
    {
        ReportPage With(string text) => new("", text, []);
        Assert.Throws<ArgumentException>(() => HtmlReport.Render(With("[#nowhere]")));
        Assert.Throws<ArgumentException>(() => LatexPaper.Files(With("[#nowhere]"), "", ""));
        Assert.Throws<ArgumentException>(() => With("[@nobody]").Cited);
    }

    [Fact]
    public void Works_have_what_a_bibliography_needs()
    {
        Assert.All(References.All, work =>
        {
            Assert.InRange(work.Year, 1980, 2026);
            Assert.NotEmpty(work.Authors);
            Assert.True(work.Arxiv is null ? work.Issue is not null : Regex.IsMatch(work.Arxiv, "^\\d{4}\\.\\d{5}$"), work.Key);
        });
        Assert.Equal("Machine Learning 8:229-256", References.Get("reinforce").Place);
    }

    private static ReportPage Page() => new("Title <&>", "Found by TuNAS [@tunas].",
    [
        new ReportSection("one", "One",
        [
            new ParagraphBlock("See [#numbers] and [#second]; <script>alert(1)</script>."),
            new FigureBlock("first", "The `front`.", "movinet pareto", ParetoPlot.Draw(Samples.Figure)),
            new FigureBlock("second", "Curves.", "movinet figure curves", SearchCurves.Draw(new CurvesFigure("", Samples.Steps(20)))),
            new TableBlock("numbers", "Numbers.", TextTable.Of(Enumerable.Range(0, 60).ToList(),
            [
                new("name", "name", i => $"row{i}", IsNumber: false),
                new("x", "x", i => TableCell.Count(i)),
                new("hidden", "hidden", i => $"{i}", IsNumber: false),
            ]))
            {
                OnlyOnScreen = ["hidden"],
            },
            new ListBlock(["a warning"], IsWarning: true),
            new FactsBlock([("seed", "1"), ("hash", RichText.Code(new string('a', 64)))]),
            new ListingBlock("Configuration", $"{{ \"über\": \"{new string('x', 200)}\" }}"),
            new ChecklistBlock([new ChecklistItem("Topic", "Is it so?", ChecklistAnswer.Partly, "Half of it.")]),
        ]),
    ]);
}
