using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What is needed to do a run again and to see whether the same came out: its record, its trials and, where they were kept, its fingerprints.</summary>
internal sealed record RunLineage(RunRecord Record, IReadOnlyList<Trial> Trials)
{
    /// <summary>From the store; what records of older versions lack, from the run's files where they are still there.</summary>
    /// <exception cref="InputException">There is no such run, or it has not ended.</exception>
    public static RunLineage Of(RunStore store, string name)
    {
        var record = store.Run(name);
        if (record.Status != RunStatus.Completed)
            throw new InputException($"run '{name}' has not ended ({record.Status.ToString().ToLowerInvariant()}), so that there is nothing to keep or to compare with; `movinet search --resume {name}` goes on with it.");
        var folder = new RunFolder(store.Path, name);
        return new RunLineage(
            record with
            {
                Fingerprints = record.Fingerprints ?? StoredFingerprints(folder.Best),
                Latency = record.Latency ?? (File.Exists(folder.Latency) ? File.ReadAllText(folder.Latency) : null),
            },
            [.. store.Trials(name)]);
    }

    /// <summary>The experiment, read from the texts of the record.</summary>
    /// <exception cref="InputException">A text has mistakes, or the milliseconds that it names were not kept.</exception>
    public Experiment OpenExperiment()
    {
        var folder = Directory.CreateTempSubdirectory("movinet-lineage-");
        try
        {
            string At(string file) => Path.Combine(folder.FullName, file);
            File.WriteAllText(At("config.json"), Record.Configuration);
            File.WriteAllText(At("space.json"), Record.Space);
            if (Record.Latency is not null) File.WriteAllText(At("latency.json"), Record.Latency);
            else if (Record.Objective == CostObjective.LatencyMs)
                throw new InputException($"the milliseconds of run '{Record.Name}' were in its folder, which is gone; its record, of an older version, has none.");
            return Experiment.Load(At("config.json"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Refuses another run that was not made from this one's configuration, space and seed; where its data lie may differ.</summary>
    /// <exception cref="InputException">It was not.</exception>
    public void RequireSameExperiment(RunRecord other)
    {
        if (other.SpaceHash == Record.SpaceHash && other.Seed == Record.Seed && JsonNode.DeepEquals(WithoutFolder(other), WithoutFolder(Record))) return;
        throw new InputException($"run '{other.Name}' does not repeat '{Record.Name}': their configuration, space or seed differ.");
    }

    private static JsonNode? WithoutFolder(RunRecord record)
    {
        var configuration = JsonNode.Parse(record.Configuration);
        (configuration?["data"] as JsonObject)?.Remove("folder");
        return configuration;
    }

    private static RunFingerprints? StoredFingerprints(string best)
    {
        if (!File.Exists(best)) return null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(best))?["fingerprints"].Deserialize<RunFingerprints>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null; // a damaged file is one that says nothing: the trials are compared all the same
        }
    }
}
