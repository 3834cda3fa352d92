using System.Text.Json.Nodes;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What a run or a training was a function of but for its name and seed, as one text: those with equal texts are repetitions.</summary>
internal static class SeedlessSetting
{
    /// <summary>Of a run: configuration, space, data and measured milliseconds.</summary>
    public static string Of(RunRecord record)
    {
        var configuration = JsonNode.Parse(record.Configuration)!.AsObject();
        configuration.Remove("seed");
        configuration.Remove("name");
        return string.Join('\n', record.Algorithm, record.SpaceHash, record.SplitHash, configuration.ToJsonString(), record.Latency);
    }

    /// <summary>Of a training; where it was computed is no part of it.</summary>
    public static string Of(TrainingPlan plan) => (plan with { Name = "", Seed = 0, Device = "", Threads = 0 }).ToJson();
}
