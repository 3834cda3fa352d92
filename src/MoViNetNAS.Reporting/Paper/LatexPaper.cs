using System.Globalization;
using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>A page as a LaTeX paper: sections, figures as PDF with their numbers as CSV, tables, bibliography; for pdfLaTeX and packages that every TeX has.</summary>
public static class LatexPaper
{
    /// <summary>Name of the file to compile, without its extension.</summary>
    public const string MainName = "main";

    private const string References = "\\bibliographystyle{unsrt}\n\\bibliography{references}\n\n";
    private const int MostRows = 44; // of a table, on one page

    /// <summary>All files. The same page gives the same files.</summary>
    /// <param name="page">What it says.</param>
    /// <param name="author">The line below the title.</param>
    /// <param name="date">The line below that.</param>
    public static IReadOnlyList<PaperFile> Files(ReportPage page, string author, string date)
    {
        var (cited, labels) = (page.Cited, page.Labels);
        string Inline(string text) => LatexPaper.Inline(text, labels);
        var files = new List<PaperFile>
        {
            PaperFile.OfText(MainName + ".tex", Main(page, Inline(page.Summary), author, date, cited.Count > 0)),
            PaperFile.OfText("README.md", ReadMe(page)),
        };
        if (cited.Count > 0)
        {
            files.Add(PaperFile.OfText("references.bib", Bibliography.Bib(cited)));
            files.Add(PaperFile.OfText(MainName + ".bbl", Bibliography.Bbl(cited)));
        }

        foreach (var section in page.Sections)
        {
            files.Add(PaperFile.OfText(
                $"sections/{section.Id}.tex",
                $"\\section{{{LatexText.Escape(section.Heading)}}}\n\\label{{sec:{section.Id}}}\n\n{string.Join('\n', section.Blocks.Select(block => Block(block, Inline)))}"));
            foreach (var block in section.Blocks) files.AddRange(FilesOf(block, Inline));
        }

        return files;
    }

    private static string Main(ReportPage page, string summary, string author, string date, bool hasReferences) =>
        $$$"""
        \documentclass[a4paper,10pt]{article}
        \usepackage[T1]{fontenc}
        \usepackage[utf8]{inputenc}
        \usepackage{textcomp}
        \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
        \IfFileExists{microtype.sty}{\usepackage{microtype}}{}
        \usepackage[margin=27mm]{geometry}
        \usepackage{amsmath}
        \usepackage{graphicx}
        \usepackage{booktabs}
        \usepackage[hidelinks]{hyperref}

        \emergencystretch=2em
        \renewcommand{\floatpagefraction}{0.8}
        \renewcommand{\topfraction}{0.9}
        \renewcommand{\textfraction}{0.08}

        \setlength{\belowcaptionskip}{5pt}

        % A table or figure as it is, or as large as there is room where it would be larger.
        \newsavebox{\fittedbox}
        \newcommand{\fitted}[1]{%
          \sbox{\fittedbox}{#1}%
          \ifdim\wd\fittedbox>\linewidth\sbox{\fittedbox}{\resizebox{\linewidth}{!}{\usebox\fittedbox}}\fi
          \ifdim\ht\fittedbox>0.8\textheight\resizebox{!}{0.8\textheight}{\usebox\fittedbox}\else\usebox\fittedbox\fi}

        \title{{{{LatexText.Escape(page.Title)}}}}
        \author{{{{LatexText.Escape(author)}}}}
        \date{{{{LatexText.Escape(date)}}}}

        \begin{document}
        \maketitle

        \begin{abstract}
        {{{summary}}}
        \end{abstract}

        {{{Inputs(page)}}}

        {{{(hasReferences ? References : "")}}}\end{document}

        """;

    private static string Inputs(ReportPage page) => string.Join('\n', page.Sections.Select(section => $"\\input{{sections/{section.Id}}}"));

    private static string ReadMe(ReportPage page) =>
        $"""
        # {page.Title}

        Compile with `pdflatex {MainName}`, `bibtex {MainName}`, then `pdflatex {MainName}` twice. Without BibTeX, `pdflatex {MainName}` twice is enough: `{MainName}.bbl` has
        the bibliography already.

        | file | what it is |
        |---|---|
        | `{MainName}.tex` | title, abstract, packages; it reads the sections |
        | `sections/` | one file a section |
        | `figures/` | every figure as PDF, and the numbers that it shows as CSV |
        | `tables/` | every table for LaTeX (package booktabs), and its exact numbers as CSV |
        | `references.bib` | the works that are cited |

        All of it was written from stored records; the same command writes it again.

        """;

    private static IEnumerable<PaperFile> FilesOf(ReportBlock block, Func<string, string> inline)
    {
        switch (block)
        {
            case FigureBlock figure:
                yield return new PaperFile($"figures/{figure.Id}.pdf", figure.Drawing.Pdf());
                yield return PaperFile.OfText($"figures/{figure.Id}.csv", figure.Drawing.Csv);
                break;
            case TableBlock table:
                foreach (var (name, part) in Parts(table)) yield return PaperFile.OfText($"tables/{name}.tex", part.ToLatex());
                yield return PaperFile.OfText($"tables/{table.Id}.csv", table.Table.ToCsv());
                break;
            case ChecklistBlock checklist:
                yield return PaperFile.OfText("checklist.tex", Checklist(checklist, inline));
                break;
        }
    }

    // What does not fit on a page goes on in a table of its own.
    private static IEnumerable<(string Name, TextTable Part)> Parts(TableBlock block)
    {
        var table = block.Table.Without([.. block.OnlyOnScreen]);
        int parts = Math.Max(1, (table.Rows.Count + MostRows - 1) / MostRows);
        for (int i = 0; i < parts; i++) yield return (i == 0 ? block.Id : $"{block.Id}-{i + 1}", parts == 1 ? table : table.Part(i * MostRows, MostRows));
    }

    private static string Block(ReportBlock block, Func<string, string> inline) => block switch
    {
        ParagraphBlock paragraph => inline(paragraph.Text) + "\n",
        HeadingBlock heading => $"\\subsection*{{{LatexText.Escape(heading.Text)}}}\n",
        ListBlock list => $"\\begin{{itemize}}\n{string.Concat(list.Items.Select(item => $"\\item {inline(item)}\n"))}\\end{{itemize}}\n",
        FactsBlock facts => $"\\begin{{description}}\\raggedright\n{string.Concat(facts.Facts.Select(fact => $"\\item[{{{LatexText.Escape(fact.Name)}}}] {inline(fact.Value)}\n"))}\\end{{description}}\n",
        FigureBlock figure =>
            $"% {figure.Command.ReplaceLineEndings(" ")}\n\\begin{{figure}}[htbp]\n\\centering\n\\fitted{{\\includegraphics[scale=1.25]{{figures/{figure.Id}}}}}\n" +
            $"\\caption{{{inline(figure.Caption)}}}\n\\label{{fig:{figure.Id}}}\n\\end{{figure}}\n",
        TableBlock table => string.Join('\n', Parts(table).Select((part, i) =>
            $"\\begin{{table}}[htbp]\n\\centering\n\\caption{{{inline(table.Caption)}{(i > 0 ? " (continued)" : "")}}}\n\\label{{tab:{part.Name}}}\n\\small\n\\fitted{{\\input{{tables/{part.Name}}}}}\n\\end{{table}}\n")),
        ListingBlock listing => $"\\paragraph{{{LatexText.Escape(listing.Title)}}}\n{{\\scriptsize\n\\begin{{verbatim}}\n{Verbatim(listing.Content)}\\end{{verbatim}}\n}}\n",
        ChecklistBlock => "\\input{checklist}\n",
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "no way to show it"),
    };

    private static string Checklist(ChecklistBlock checklist, Func<string, string> inline)
    {
        var text = new StringBuilder();
        foreach (var topic in checklist.Items.GroupBy(item => item.Topic))
        {
            text.Append(CultureInfo.InvariantCulture, $"\\subsection*{{{LatexText.Escape(topic.Key)}}}\n\\begin{{itemize}}\n");
            foreach (var item in topic)
                text.Append(CultureInfo.InvariantCulture, $"\\item {inline(item.Question)} \\textbf{{{HtmlReport.Word(item.Answer)}.}} {inline(item.Evidence)}\n");
            text.Append("\\end{itemize}\n\n");
        }

        return text.ToString();
    }

    private static string Inline(string text, IReadOnlyDictionary<string, string> labels) => string.Concat(RichText.Parse(text).Select(span => span.Kind switch
    {
        RichSpanKind.Code => LatexText.Code(span.Text),
        RichSpanKind.Citation => $"\\cite{{{span.Text}}}",
        RichSpanKind.Label => !labels.TryGetValue(span.Text, out string? label)
            ? throw new ArgumentException($"there is no figure or table '{span.Text}'.", nameof(text))
            : label.StartsWith("Figure", StringComparison.Ordinal) ? $"figure~\\ref{{fig:{span.Text}}}" : $"table~\\ref{{tab:{span.Text}}}",
        _ => LatexText.Escape(span.Text),
    }));

    // Lines that would leave the page are broken; characters that the typewriter font lacks are written as JSON writes them.
    private static string Verbatim(string content)
    {
        const int width = 96;
        var text = new StringBuilder();
        foreach (string line in content.TrimEnd().Split('\n'))
        {
            string plain = string.Concat(line.TrimEnd().Select(c => c is >= ' ' and <= '~' ? $"{c}" : c == '\t' ? "  " : $"\\u{(int)c:x4}"))
                .Replace("\\end{verbatim}", "\\end {verbatim}", StringComparison.Ordinal);
            for (int at = 0; at == 0 || at < plain.Length; at += width) text.Append(plain.AsSpan(at, Math.Min(width, plain.Length - at))).Append('\n');
        }

        return text.ToString();
    }
}
