using System.Globalization;
using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>Texts inside LaTeX, for pdfLaTeX with T1 fonts and UTF-8.</summary>
public static class LatexText
{
    private const int UnbrokenLetters = 10; // of code: a hash of 64 digits has to break somewhere

    private static readonly Dictionary<int, string> Commands = new()
    {
        ['\\'] = "\\textbackslash{}",
        ['~'] = "\\textasciitilde{}",
        ['^'] = "\\textasciicircum{}",
        ['"'] = "\\textquotedbl{}",
        ['\''] = "'",
        ['`'] = "\\textasciigrave{}",
        ['['] = "{[}", // behind \\ it would begin an argument
        [']'] = "{]}",
        ['*'] = "{*}",
        ['\n'] = " ",
        ['\r'] = " ",
        ['\t'] = " ",
        [0xA0] = "~",
        ['±'] = "$\\pm$",
        ['×'] = "$\\times$",
        ['÷'] = "$\\div$",
        ['·'] = "$\\cdot$",
        ['−'] = "$-$",
        ['≤'] = "$\\leq$",
        ['≥'] = "$\\geq$",
        ['≈'] = "$\\approx$",
        ['≠'] = "$\\neq$",
        ['∞'] = "$\\infty$",
        ['→'] = "$\\rightarrow$",
        ['←'] = "$\\leftarrow$",
        ['²'] = "$^2$",
        ['³'] = "$^3$",
        ['⁰'] = "$^0$",
        ['¹'] = "$^1$",
        ['⁴'] = "$^4$",
        ['⁵'] = "$^5$",
        ['⁶'] = "$^6$",
        ['⁷'] = "$^7$",
        ['⁸'] = "$^8$",
        ['⁹'] = "$^9$",
        ['µ'] = "$\\mu$",
        ['μ'] = "$\\mu$",
        ['β'] = "$\\beta$",
        ['τ'] = "$\\tau$",
        ['σ'] = "$\\sigma$",
        ['°'] = "$^\\circ$",
        ['–'] = "--",
        ['—'] = "---",
        ['…'] = "\\ldots{}",
        ['‘'] = "`",
        ['’'] = "'",
        ['“'] = "``",
        ['”'] = "''",
        ['„'] = "\\quotedblbase{}",
        ['€'] = "\\texteuro{}",
    };

    /// <summary>A text so that it stands for itself. Characters that the fonts lack are named by their number, because they would stop the compiler.</summary>
    public static string Escape(string text) => Escape(text, breaksEverywhere: false);

    /// <summary>A path, command or hash in typewriter letters, which may break after punctuation and within long words.</summary>
    public static string Code(string text) => $"\\texttt{{{Escape(text, breaksEverywhere: true)}}}";

    private static string Escape(string text, bool breaksEverywhere)
    {
        var escaped = new StringBuilder(text.Length + 16);
        int unbroken = 0;
        var runes = text.EnumerateRunes().ToArray();
        for (int i = 0; i < runes.Length; i++)
        {
            escaped.Append(One(runes[i]));
            // Ligatures would make one dash of two hyphens, and quotation marks of "<<", ",,".
            if (i + 1 < runes.Length && runes[i] == runes[i + 1] && runes[i].Value is '-' or '<' or '>' or ',' or '\'') escaped.Append("{}");
            if (!breaksEverywhere || i + 1 == runes.Length) continue;
            unbroken = Rune.IsLetterOrDigit(runes[i]) ? unbroken + 1 : 0;
            bool isPunctuation = runes[i].Value is '/' or ':' or '.' or ',' or '_' or '=' or '-' or ';' && runes[i + 1] != runes[i];
            if (!isPunctuation && unbroken < UnbrokenLetters) continue;
            escaped.Append("\\allowbreak{}");
            unbroken = 0;
        }

        return escaped.ToString();
    }

    private static string One(Rune rune)
    {
        if (Commands.TryGetValue(rune.Value, out string? command)) return command;
        return rune.Value switch
        {
            '&' or '%' or '$' or '#' or '_' or '{' or '}' => "\\" + (char)rune.Value,
            >= ' ' and <= '~' => rune.ToString(),
            >= 0xC0 and <= 0x17E when Rune.IsLetter(rune) && rune.Value is not (0x138 or 0x149 or 0x166 or 0x167) => rune.ToString(),
            _ => string.Create(CultureInfo.InvariantCulture, $"(U+{rune.Value:X4})"),
        };
    }
}
