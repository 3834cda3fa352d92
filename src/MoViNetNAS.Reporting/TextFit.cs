using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>Texts made to fit a length, in units of the figure, measured with the figures' font.</summary>
internal static class TextFit
{
    /// <summary>How long <paramref name="text"/> is at a height of <paramref name="size"/>.</summary>
    public static float Width(string text, float size, bool isBold = false)
    {
        using var font = new SKFont(isBold ? FigureFont.Bold : FigureFont.Regular, size);
        return font.MeasureText(text);
    }

    /// <summary>The text, or as much of its two ends as fits around an ellipsis: names of runs and classes often differ in their last letters.</summary>
    public static string Shorten(string text, float room, float size, bool isBold = false)
    {
        if (Width(text, size, isBold) <= room) return text;
        for (int kept = text.Length - 1; kept > 1; kept--)
        {
            string shorter = string.Concat(text.AsSpan(0, (kept + 1) / 2).TrimEnd(), "…", text.AsSpan(text.Length - kept / 2).TrimStart());
            if (Width(shorter, size, isBold) <= room) return shorter;
        }

        return "…";
    }

    /// <summary>The text in one line, or broken at a blank into two, each no longer than <paramref name="room"/>.</summary>
    public static string Lines(string text, float room, float size, bool isBold = false)
    {
        if (Width(text, size, isBold) <= room) return text;
        int cut = -1;
        for (int blank = text.IndexOf(' '); blank > 0 && Width(text[..blank], size, isBold) <= room; blank = text.IndexOf(' ', blank + 1)) cut = blank;
        return cut < 0 ? Shorten(text, room, size, isBold) : text[..cut] + "\n" + Shorten(text[(cut + 1)..], room, size, isBold);
    }
}
