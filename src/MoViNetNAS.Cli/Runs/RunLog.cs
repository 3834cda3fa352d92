using System.Text.Json;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What happened in a run, one JSON object a line, with the time: <c>log.jsonl</c>.</summary>
internal sealed class RunLog(string path, TimeProvider time)
{
    public void Add(string what, object? details = null)
    {
        var entry = new Dictionary<string, object?> { ["time"] = time.GetUtcNow().ToString("O"), ["event"] = what, ["details"] = details };
        File.AppendAllText(path, JsonSerializer.Serialize(entry, JsonSerializerOptions.Web) + "\n");
    }
}
