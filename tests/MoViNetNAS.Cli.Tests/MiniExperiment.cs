using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Tests;

/// <summary>A folder with the smallest real experiment: two blocks at 16 x 16, four frames, generated clips; and its results.</summary>
internal sealed class MiniExperiment : IDisposable
{
    public const int Steps = 6;

    public const string SpaceText =
        """
        {
          "format": 1, "name": "mini", "input": { "frames": 4, "resolution": 16 }, "widthMultipliers": [1, 2], "stem": { "width": 8 },
          "layer": { "kernels": ["1x3x3", "3x3x3", "5x1x1"], "expansions": [1, 2], "squeezeExcite": [true, false] },
          "blocks": [
            { "width": 8, "stride": 2, "depth": [1, 1] },
            { "width": 8, "stride": 2, "depth": [1, 2] }
          ],
          "head": { "width": 16, "denseWidth": 16 }
        }
        """;

    public const string Text =
        """
        {
          "format": 1,
          "name": "mini",
          "seed": 1,
          "space": "mini.json",
          "variant": "causal",
          "data": { "kind": "moving-shapes", "weightsClips": 32, "scoreClips": 20, "testClips": 16 },
          "supernet": { "batch": 4, "scoreBatch": 8 },
          "search": { "steps": 6, "candidates": 2, "tolerance": 0.4, "controllerLearningRate": 0.1, "topCandidates": 2, "baselineArchitectures": 2, "checkpointEvery": 2 },
          "train": { "variant": "causal", "epochs": 2, "batch": 8, "subclipFrames": 3, "residualScale": 1 }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-mini-");

    public MiniExperiment()
    {
        System.IO.File.WriteAllText(Space, SpaceText);
        System.IO.File.WriteAllText(File, Text);
    }

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string File => this["mini-experiment.json"];

    public string Space => this["mini.json"];

    public string Results => this["results"];

    public string Database => Path.Combine(Results, "movinet.db");

    /// <summary>The experiment with a part of its text replaced, in a file of its own.</summary>
    public string With(string part, string instead)
    {
        Assert.Contains(part, Text);
        System.IO.File.WriteAllText(this["changed.json"], Text.Replace(part, instead, StringComparison.Ordinal));
        return this["changed.json"];
    }

    /// <summary>Arguments of a search with one thread: threads are the process's, and decide the last bits of sums.</summary>
    public string[] Search(params string[] more) => ["search", File, "--db", Database, "--threads", "1", .. more];

    /// <summary>A copy with all results.</summary>
    public MiniExperiment Copy()
    {
        var copy = new MiniExperiment();
        foreach (string file in Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories))
        {
            string target = copy[Path.GetRelativePath(_folder.FullName, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            System.IO.File.Copy(file, target, overwrite: true);
        }

        return copy;
    }

    /// <summary>Makes a run what it is when its process is killed: one that never said that it ended, with those of its trials that were on the disk.</summary>
    public void Unfinish(string run, Func<Trial, bool>? wasStored = null)
    {
        var record = Run(run) with { Status = RunStatus.Running, FinishedUtc = null, MostProbable = null, MostProbableFeasible = null };
        var trials = Trials(run).Where(wasStored ?? (_ => true)).ToList();
        foreach (string file in Directory.GetFiles(Results, "movinet*.db*")) System.IO.File.Delete(file);
        using var store = RunStore.Open(Database);
        store.Put(record);
        store.PutTrials(trials);
    }

    public RunRecord Run(string name)
    {
        using var store = RunStore.OpenReadOnly(Database);
        return store.Run(name);
    }

    public List<Trial> Trials(string name)
    {
        using var store = RunStore.OpenReadOnly(Database);
        return [.. store.Trials(name)];
    }

    /// <summary>No run folder and no record of a run.</summary>
    public void AssertNothingWritten()
    {
        if (!Directory.Exists(Results)) return;
        Assert.Empty(Directory.GetDirectories(Results));
        if (!System.IO.File.Exists(Database)) return;
        using var store = RunStore.OpenReadOnly(Database);
        Assert.Empty(store.Runs());
        Assert.Empty(store.Models());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
