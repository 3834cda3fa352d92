using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Says what the milliseconds of a search are worth.</summary>
internal static class LatencyText
{
    /// <summary>Where they were measured and how well they fit; that this machine is another one, where it is.</summary>
    public static string Of(LatencyTable table, RunMachine here)
    {
        var origin = table.Origin;
        string worth = table.Validation is { } validation
            ? FormattableString.Invariant($"R2 {validation.R2:F3} and mean error {validation.MeanError:P1} on {validation.Networks} networks")
            : "never checked on networks";
        string text = $"milliseconds are of a frame on {Count(origin.Threads)}, {origin.Machine}; {worth}";
        return origin.Machine == here.Place ? text : $"{text}. NOTE: this machine is another one ({here.Place}); measure on the one that is to run the network";
    }

    private static string Count(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";
}
