using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The files of a run or a model under <c>results/</c>, which lie beside the database.</summary>
internal sealed class RunFolder
{
    /// <summary>The file of the shared weights.</summary>
    public const string WeightsFile = "checkpoint.safetensors";

    public RunFolder(string database, string name)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(database))!, name);
    }

    /// <summary>The files that are the run's own, small enough to go wherever it goes.</summary>
    public static IReadOnlyList<string> ExportedFiles { get; } =
    [
        "config.json", "space.json", "latency.json", "machine.json", "best.json", "front.csv", "controller.csv", "training.csv", "logits.csv",
        "alternatives.csv", "log.jsonl", "README.md", "pareto.svg", "pareto.png", "pareto.pdf", "pareto.csv",
        "curves.svg", "curves.png", "curves.pdf", "curves.csv",
    ];

    public string Path { get; }

    public string Config => At("config.json");

    public string Space => At("space.json");

    public string Latency => At("latency.json");

    public string Machine => At("machine.json");

    public string Checkpoint => At(WeightsFile);

    public string Controller => At("controller.csv");

    public string Training => At("training.csv");

    public string Logits => At("logits.csv");

    public string Alternatives => At("alternatives.csv");

    public string Log => At("log.jsonl");

    public string Best => At("best.json");

    public string Front => At("front.csv");

    public string Pareto => At("pareto");

    public string Curves => At("curves");

    public string ReadMe => At("README.md");

    /// <summary>Refuses early when nothing can be written there.</summary>
    /// <exception cref="MachineException">The folder cannot be made or written.</exception>
    public void RequireWritable()
    {
        string probe = At(".writable");
        AtomicFile.WriteText(probe, "");
        File.Delete(probe);
    }

    /// <summary>Removes it with all that is in it, where there is one.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    private string At(string file) => System.IO.Path.Combine(Path, file);
}
