using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Words that reports share.</summary>
internal static class ReportText
{
    public static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");

    /// <summary>"4.719 M multiply-adds per clip".</summary>
    public static string Cost(double value, CostObjective objective) => $"{Units.Metric(value)} {Noun(objective)}";

    public static string Noun(CostObjective objective) => objective switch
    {
        CostObjective.StreamStateBytes => "bytes of stream state",
        CostObjective.PeakActivationBytes => "bytes of peak activation",
        _ => char.ToLowerInvariant(ObjectiveText.Label(objective)[0]) + ObjectiveText.Label(objective)[1..],
    };

    /// <summary>"1 clip", "3,000 clips".</summary>
    public static string Count(long number, string one, string? many = null) => $"{Units.Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>The search's method in words, with what it comes from.</summary>
    public static string Method(SearchSettings settings) => settings.Algorithm switch
    {
        SearchAlgorithm.Tunas => settings.Rejection ? "a learned policy (TuNAS [@tunas]) with rejection of infeasible draws (TabNAS [@tabnas])" : "a learned policy (TuNAS [@tunas])",
        SearchAlgorithm.Random => "uniformly drawn architectures",
        SearchAlgorithm.Spos => "evolution over shared weights that uniform single paths trained (SPOS [@spos])",
        SearchAlgorithm.FairNas => "evolution over shared weights that strictly fair paths trained (FairNAS [@fairnas])",
        SearchAlgorithm.Sandwich => "evolution over shared weights that the sandwich rule trained (BigNAS [@bignas])",
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Algorithm, "not an algorithm"),
    };

    public static string Time(double seconds) => $"{Units.Duration(TimeSpan.FromSeconds(seconds))} ({(seconds >= 3600 ? "h:mm:ss" : "m:ss")})";
}
