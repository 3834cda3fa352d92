using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MoViNetNAS.Notebooks;

/// <summary>Whether new outputs say what the committed ones say: texts word by word, numbers within a tolerance, pictures by kind and size.</summary>
public static partial class OutputComparison
{
    /// <summary>What differs, a sentence each; empty when nothing does.</summary>
    /// <param name="cell">The cell with its committed outputs.</param>
    /// <param name="now">What it gave now.</param>
    public static IEnumerable<string> Differences(NotebookCell cell, IReadOnlyList<CellOutput> now)
    {
        string where = $"cell [{cell.Number}] '{cell.Id}'";
        if (!cell.Outputs.Select(KindOf).SequenceEqual(now.Select(KindOf)))
        {
            yield return $"{where}: its outputs were {Kinds(cell.Outputs)} and are {Kinds(now)}.";
            yield break;
        }

        foreach (var (before, after) in cell.Outputs.Zip(now))
        {
            if (before.IsPicture)
            {
                if (SizeOf(before) != SizeOf(after)) yield return $"{where}: the picture was {SizeOf(before)} and is {SizeOf(after)}.";
                continue;
            }

            if (FirstDifference(before.Text, after.Text, cell.Tolerance) is var (line, was, is_)) yield return $"{where}, line {line} of its output:\n  was: {was}\n  is:  {is_}";
        }
    }

    private static string KindOf(CellOutput output) => $"{output.Kind} {output.Format}";

    private static string Kinds(IEnumerable<CellOutput> outputs) => string.Join(", ", outputs.Select(KindOf)) is { Length: > 0 } kinds ? $"({kinds})" : "none";

    private static string SizeOf(CellOutput picture)
    {
        if (picture.Format == CellOutput.Svg)
        {
            var frame = SvgSize().Match(picture.Text);
            return frame.Success ? frame.Value : "without a size";
        }

        byte[] bytes = new byte[picture.Text.Length];
        bool isText = Convert.TryFromBase64String(picture.Text, bytes, out int length);
        if (!isText || length < 24) return "no PNG";
        // PNG: signature (8 bytes), then the header chunk, whose data begin with width and height.
        return $"{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16))} x {BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))} pixels";
    }

    private static (int Line, string Was, string Is)? FirstDifference(string before, string after, double tolerance)
    {
        string[] old = before.TrimEnd().Split('\n'), fresh = after.TrimEnd().Split('\n');
        for (int i = 0; i < Math.Max(old.Length, fresh.Length); i++)
        {
            string was = i < old.Length ? old[i] : "(nothing)", now = i < fresh.Length ? fresh[i] : "(nothing)";
            if (!AreAlike(was, now, tolerance)) return (i + 1, was.Trim(), now.Trim());
        }

        return null;
    }

    private static bool AreAlike(string was, string now, double tolerance)
    {
        if (Words(was) != Words(now)) return false;
        return Numbers(was).Zip(Numbers(now)).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(Math.Abs(pair.First), Math.Abs(pair.Second)));
    }

    // Columns are aligned by spaces, whose number follows the digits of numbers.
    private static string Words(string line) => Spaces().Replace(Number().Replace(line, "#"), " ").Trim();

    private static IEnumerable<double> Numbers(string line) =>
        Number().Matches(line).Select(match => double.Parse(match.Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    // A number by itself: "A0", "5x3x3" and "block2" are words. 1,234,567 is one number.
    [GeneratedRegex(@"(?<![\w.])(?:(?<![^\s(\[=:±])[-+])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"viewBox=""[^""]*""")]
    private static partial Regex SvgSize();
}
