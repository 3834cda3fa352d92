using System.Globalization;
using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>A cell: what readers see, and the exact number behind it for programs.</summary>
/// <param name="Text">What is shown; empty for nothing.</param>
/// <param name="Value">The number, in the unit of the column's key; null where the text is all there is.</param>
/// <param name="HalfWidth">The mean of many lies within this of <paramref name="Value"/> with 95 % confidence; null for a single measurement.</param>
public sealed record TableCell(string Text, double? Value = null, double? HalfWidth = null)
{
    /// <summary>Nothing.</summary>
    public static TableCell Empty { get; } = new("");

    /// <summary>"3,748,031"; empty for null.</summary>
    public static TableCell Count(long? value) => value is { } number ? new(number.ToString("N0", CultureInfo.InvariantCulture), number) : Empty;

    /// <summary>Three figures and the thousandfold unit, "2.71 G"; empty for null.</summary>
    public static TableCell Short(double? value) => value is { } number ? new(ObjectiveText.Short(number), number) : Empty;

    /// <summary>A number in a format; empty for null.</summary>
    public static TableCell Number(double? value, string format) =>
        value is { } number ? new(number.ToString(format, CultureInfo.InvariantCulture), number) : Empty;

    /// <summary>A share in [0, 1] as percent without its sign, "68.8"; empty for null.</summary>
    public static TableCell Percent(double? share, string format = "F1") => share is { } number ? new((100 * number).ToString(format, CultureInfo.InvariantCulture), number) : Empty;

    /// <summary>Mean and 95 % interval, "68.8 ± 7.3"; of a single value the value alone; empty for null.</summary>
    /// <param name="summary">The values; in [0, 1] where they are shares.</param>
    /// <param name="factor">What is shown is this times the value: 100 for percent. The exact value stays as it is.</param>
    /// <param name="format">Of the mean; the interval is shown with as many digits, and no sign.</param>
    public static TableCell Interval(SampleSummary? summary, double factor = 100, string format = "F1")
    {
        if (summary is null) return Empty;
        string mean = (factor * summary.Mean).ToString(format, CultureInfo.InvariantCulture);
        if (double.IsNaN(summary.HalfWidth)) return new(mean, summary.Mean);
        string unsigned = format.TrimStart('+').Split(';')[0];
        return new($"{mean} ± {(factor * summary.HalfWidth).ToString(unsigned, CultureInfo.InvariantCulture)}", summary.Mean, summary.HalfWidth);
    }

    /// <summary>A p-value: four digits, "&lt; 0.0001" below; empty for null.</summary>
    public static TableCell P(double? p) => p is { } value ? new(value < 1e-4 ? "< 0.0001" : value.ToString("F4", CultureInfo.InvariantCulture), value) : Empty;

    /// <summary>A text, so that a column of texts is made of what reads them.</summary>
    public static implicit operator TableCell(string text) => new(text);

    /// <summary>What two cells must have in common to look equal: the mean as it is shown.</summary>
    internal string ShownMean => Text.Split(" ±")[0];
}
