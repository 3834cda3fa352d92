using System.Text.Json;

namespace MoViNetNAS.Cli.Tests;

/// <summary>One search and one training of the mini experiment, made once for all tests of the collection.</summary>
public sealed class FinishedRun : IDisposable
{
    internal const string Name = "mini-1", ModelName = "model-1";

    public FinishedRun()
    {
        Search = Movinet.Done(Experiment.Search("--json"));
        Training = Movinet.Done("train", "--run", Name, "--name", ModelName, "--db", Experiment.Database, "--threads", "1", "--json");
    }

    internal MiniExperiment Experiment { get; } = new();

    internal Movinet Search { get; }

    internal Movinet Training { get; }

    internal JsonElement Best => Search.Json;

    internal string Fingerprints => Best.GetProperty("fingerprints").GetRawText();

    internal string Folder => Path.Combine(Experiment.Results, Name);

    internal string Checkpoint => Path.Combine(Experiment.Results, ModelName);

    public void Dispose() => Experiment.Dispose();
}
