using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkiaSharp;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>Where the texts of an SVG stand, and which of them stand in each other's way or are cut off.</summary>
internal static partial class LabelBoxes
{
    // Shares of the font's size: DejaVu's capitals and digits above the line, its descenders below.
    private const double Above = 0.76, Below = 0.24;
    private const double Touching = 0.5; // units that two boxes may share: outlines are narrower than their boxes

    /// <summary>Fails when two texts overlap, or when one leaves the figure or the part of it in which it is drawn.</summary>
    public static void AssertApart(string svg)
    {
        var faults = Faults(svg);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What is wrong with the texts, one sentence each.</summary>
    public static IReadOnlyList<string> Faults(string svg)
    {
        var root = XDocument.Parse(svg).Root!;
        double[] view = Numbers(root.Attribute("viewBox")!.Value);
        var elements = root.Descendants().Where(element => element.Name.LocalName == "text" && element.Value.Trim().Length > 0).ToList();
        var boxes = elements.Select(Box).ToList();
        var faults = new List<string>();
        for (int i = 0; i < boxes.Count; i++)
        {
            var (text, box) = boxes[i];
            if (box.Left < 0 || box.Top < 0 || box.Right > view[2] || box.Bottom > view[3]) faults.Add($"'{text}' leaves the figure: {box}");
            if (Window(root, elements[i]) is { } window && !SKRect.Inflate(window, (float)Touching, (float)Touching).Contains(box)) faults.Add($"'{text}' at {box} is cut off at {window}");
            faults.AddRange(boxes.Take(i).Where(other => Shared(other.Box, box)).Select(other => $"'{other.Text}' and '{text}' overlap at {box}"));
        }

        return faults;
    }

    private static bool Shared(SKRect a, SKRect b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > Touching && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > Touching;

    private static (string Text, SKRect Box) Box(XElement text)
    {
        // Skia states a place for each letter; blanks at the ends of a text take none.
        string letters = text.Value;
        double size = Numbers(text.Attribute("font-size")!.Value)[0], line = Numbers(text.Attribute("y")!.Value)[0];
        double[] starts = Numbers(text.Attribute("x")!.Value);
        using var font = new SKFont(new FigureFont().CreateTypeface(FigureFont.Name, (string?)text.Attribute("font-weight") is "bold" or "700" or "600", italic: false)!, (float)size);
        double right = starts[^1] + font.MeasureText(letters.TrimEnd()[^1..]);
        var box = new SKRect((float)starts[0], (float)(line - Above * size), (float)right, (float)(line + Below * size));
        var matrix = text.AncestorsAndSelf().Reverse().Select(Transform).Aggregate(SKMatrix.Identity, (outer, inner) => outer.PreConcat(inner));
        return (letters.Trim(), matrix.MapRect(box));
    }

    // Skia puts each text into a group of its own, cut by one rectangle in units of the figure.
    private static SKRect? Window(XElement root, XElement text)
    {
        if (text.Ancestors().Select(element => (string?)element.Attribute("clip-path")).FirstOrDefault(clip => clip is not null) is not { } name) return null;
        var rect = root.Descendants().First(element => element.Name.LocalName == "clipPath" && $"url(#{element.Attribute("id")!.Value})" == name).Elements().Single();
        float Of(string attribute) => rect.Attribute(attribute) is { } value ? (float)Numbers(value.Value)[0] : 0;
        return SKRect.Create(Of("x"), Of("y"), Of("width"), Of("height"));
    }

    private static SKMatrix Transform(XElement element)
    {
        var all = SKMatrix.Identity;
        foreach (Match part in TransformPart().Matches((string?)element.Attribute("transform") ?? ""))
        {
            float[] of = [.. Numbers(part.Groups[2].Value).Select(number => (float)number)];
            all = all.PreConcat(part.Groups[1].Value switch
            {
                "translate" => SKMatrix.CreateTranslation(of[0], of.Length > 1 ? of[1] : 0),
                "scale" => SKMatrix.CreateScale(of[0], of.Length > 1 ? of[1] : of[0]),
                "rotate" => of.Length > 1 ? SKMatrix.CreateRotationDegrees(of[0], of[1], of[2]) : SKMatrix.CreateRotationDegrees(of[0]),
                "matrix" => new SKMatrix(of[0], of[2], of[4], of[1], of[3], of[5], 0, 0, 1),
                string other => throw new InvalidDataException($"a transform '{other}'"),
            });
        }

        return all;
    }

    private static double[] Numbers(string list) =>
        [.. list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(\w+)\(([^)]*)\)")]
    private static partial Regex TransformPart();
}
