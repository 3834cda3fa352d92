using System.Globalization;
using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>Cited works for LaTeX: as a database for BibTeX, and as the list itself for those who have none.</summary>
internal static class Bibliography
{
    /// <summary>The text of <c>references.bib</c>.</summary>
    public static string Bib(IEnumerable<Reference> works)
    {
        var text = new StringBuilder();
        foreach (var work in works)
        {
            text.Append(CultureInfo.InvariantCulture, $"@{(work.Issue is null ? "inproceedings" : "article")}{{{work.Key},\n  author = {{{string.Join(" and ", work.Authors.Select(LatexText.Escape))}}},\n")
                .Append(CultureInfo.InvariantCulture, $"  title = {{{{{LatexText.Escape(work.Title)}}}}},\n  {(work.Issue is null ? "booktitle" : "journal")} = {{{LatexText.Escape(work.Venue)}}},\n");
            if (work.Issue is { } issue)
            {
                text.Append(CultureInfo.InvariantCulture, $"  volume = {{{issue.Volume}}},\n");
                if (issue.Number is not null) text.Append(CultureInfo.InvariantCulture, $"  number = {{{issue.Number}}},\n");
                text.Append(CultureInfo.InvariantCulture, $"  pages = {{{Pages(issue.Pages)}}},\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  year = {{{work.Year}}},\n");
            if (work.Arxiv is not null) text.Append(CultureInfo.InvariantCulture, $"  note = {{arXiv:{work.Arxiv}}},\n");
            text.Append("}\n\n");
        }

        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>The text of <c>main.bbl</c>, in the order of citation, as BibTeX's style "unsrt" would have it.</summary>
    public static string Bbl(IReadOnlyCollection<Reference> works)
    {
        var text = new StringBuilder($"\\begin{{thebibliography}}{{{new string('9', $"{works.Count}".Length)}}}\n\n");
        foreach (var work in works)
        {
            string authors = work.Authors.Count < 2 ? work.Authors[0] : $"{string.Join(", ", work.Authors.SkipLast(1))}{(work.Authors.Count > 2 ? "," : "")} and {work.Authors[^1]}";
            text.Append(CultureInfo.InvariantCulture, $"\\bibitem{{{work.Key}}}\n{LatexText.Escape(authors)}.\n\\newblock {LatexText.Escape(work.Title)}{(work.Title.EndsWith('?') ? "" : ".")}\n")
                .Append(CultureInfo.InvariantCulture, $"\\newblock {{\\em {LatexText.Escape(work.Venue)}}}{(work.Issue is { } issue ? $", {issue.Volume}{(issue.Number is null ? "" : $"({issue.Number})")}:{Pages(issue.Pages)}" : "")}, {work.Year}.\n");
            if (work.Arxiv is not null) text.Append(CultureInfo.InvariantCulture, $"\\newblock arXiv:{work.Arxiv}.\n");
            text.Append('\n');
        }

        return text.Append("\\end{thebibliography}\n").ToString();
    }

    private static string Pages(string pages) => pages.Replace("-", "--", StringComparison.Ordinal);
}
