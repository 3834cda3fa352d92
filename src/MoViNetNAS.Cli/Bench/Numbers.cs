using System.Globalization;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Measured numbers as a table shows them: three figures, no more than were measured.</summary>
internal static class Numbers
{
    /// <summary>"0.0312", "4.95", "132"; "-" for what was not measured.</summary>
    public static string Three(double? number)
    {
        if (number is not { } value) return "-";
        string format = Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", >= 0.1 => "0.000", _ => "0.0000" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>"4.95 (4.90-5.10)": the median and the middle half.</summary>
    public static string Of(Spread? time) => time is null ? "-" : $"{Three(time.MedianMs)} ({Three(time.LowerMs)}-{Three(time.UpperMs)})";

    /// <summary>"4.1x".</summary>
    public static string Ratio(double? ratio) =>
        ratio is { } value ? value.ToString(value >= 9.95 ? "0" : "0.00", CultureInfo.InvariantCulture) + "x" : "-";

    /// <summary>"1 thread", "2 threads".</summary>
    public static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    /// <summary>Median, quartiles and runs as the columns of a record.</summary>
    public static IEnumerable<(string Column, object? Value)> Columns(string name, Spread? time) =>
    [
        ($"{name}_median_ms", time?.MedianMs), ($"{name}_lower_ms", time?.LowerMs), ($"{name}_upper_ms", time?.UpperMs), ($"{name}_runs", time?.Runs),
    ];
}
