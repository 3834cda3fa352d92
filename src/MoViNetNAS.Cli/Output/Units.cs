using System.Globalization;

namespace MoViNetNAS.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Units
{
    /// <summary>"3,748,031".</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"2.426 G": four figures and the thousandfold unit; "0.0123": three below 1.</summary>
    public static string Metric(double number)
    {
        string[] units = ["", " k", " M", " G", " T", " P", " E"];
        int unit = 0;
        for (; number >= 999.95 && unit < units.Length - 1; unit++) number /= 1000;
        string format = unit == 0 ? Math.Abs(number) is > 0 and < 1 ? "G3" : "0.###" : number >= 100 ? "0.0" : number >= 10 ? "0.00" : "0.000";
        return number.ToString(format, CultureInfo.InvariantCulture) + units[unit];
    }

    /// <summary>"2.697 MB", a megabyte being a million bytes.</summary>
    public static string Bytes(long bytes) => bytes < 1000 ? $"{bytes} B" : Metric(bytes) + "B";

    /// <summary>"0:07", "12:30" or "1:05:09".</summary>
    public static string Duration(TimeSpan time)
    {
        var rounded = TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
        return rounded.TotalHours >= 1
            ? $"{(int)rounded.TotalHours}:{rounded.Minutes:00}:{rounded.Seconds:00}"
            : $"{rounded.Minutes}:{rounded.Seconds:00}";
    }

    /// <summary>Seconds and their share of a whole: "1.2 s (0.6 %)".</summary>
    public static string Share(double seconds, double whole) =>
        FormattableString.Invariant($"{seconds:F1} s ({100 * seconds / Math.Max(whole, 1e-9):F1} %)");
}
