using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>Texts inside HTML.</summary>
internal static class HtmlText
{
    /// <summary>A text so that it stands for itself, in elements and in quoted attributes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => char.IsControl(c) && c is not ('\n' or '\t') ? "\uFFFD" : c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
