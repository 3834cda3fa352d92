using System.Text.Json;

namespace MoViNetNAS.Cli.Runs;

/// <summary>How long a run was at work, from its log.</summary>
/// <param name="Seconds">Sum of its sittings, from each start or resumption to where it ended or was stopped.</param>
/// <param name="Sittings">Times that it was started or resumed.</param>
/// <param name="IsWhole">False when a sitting has no end, because the process was killed: its time is not in the sum.</param>
internal sealed record RunTime(double Seconds, int Sittings, bool IsWhole)
{
    /// <summary>From <c>log.jsonl</c>; null when the file is gone or says nothing.</summary>
    public static RunTime? Of(string log)
    {
        if (!File.Exists(log)) return null;
        double seconds = 0;
        int sittings = 0, ended = 0;
        DateTimeOffset? began = null;
        foreach (var (time, what) in Events(log))
        {
            if (what is "started" or "resumed") (began, sittings) = (time, sittings + 1);
            else if (what is "completed" or "interrupted" or "failed" && began is { } start)
            {
                seconds += (time - start).TotalSeconds;
                ended++;
                began = null;
            }
        }

        return sittings == 0 ? null : new RunTime(seconds, sittings, ended == sittings);
    }

    /// <summary>What happened, in order; nothing when the file is gone.</summary>
    public static IEnumerable<(DateTimeOffset Time, string What)> Events(string log)
    {
        if (!File.Exists(log)) yield break;
        foreach (string line in File.ReadLines(log))
        {
            (DateTimeOffset, string)? found = null;
            try
            {
                using var entry = JsonDocument.Parse(line);
                found = (entry.RootElement.GetProperty("time").GetDateTimeOffset(), entry.RootElement.GetProperty("event").GetString() ?? "");
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                // The line that was being written when the process was killed.
            }

            if (found is { } one) yield return one;
        }
    }
}
