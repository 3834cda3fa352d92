using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Everything a training is a function of; kept as <c>plan.json</c>, format 1, so that it can be resumed and done again.</summary>
internal sealed record TrainingPlan(
    string Name, string? Run, string? Genotype, Architecture Architecture, NetworkVariant Variant, InputShape Input, DataSettings Data,
    TrainingSettings Settings, ulong Seed, string Device, int Threads)
{
    public const string FileName = "plan.json";
    private const int Format = 1;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["name"] = Name,
        ["run"] = Run ?? "",
        ["genotype"] = Genotype ?? "",
        ["positionalEncoding"] = Variant.HasPositionalEncoding,
        ["input"] = ArchitectureFile.WriteInput(Input),
        ["data"] = Data.ToJson(),
        ["train"] = Settings.ToJson(),
        ["seed"] = Seed,
        ["device"] = Device,
        ["threads"] = Threads,
        ["architecture"] = ArchitectureFile.Write(Architecture),
    }.ToJsonString(Indented);

    /// <summary>The plan of an interrupted training.</summary>
    /// <exception cref="InputException">There is none of that name, or it has ended.</exception>
    public static TrainingPlan Load(RunStore store, string name)
    {
        if (store.Models().Any(model => model.Name == name)) throw new InputException($"training '{name}' has ended; there is nothing to resume.");
        string results = Path.GetDirectoryName(new RunFolder(store.Path, "x").Path)!, plan = Path.Combine(results, name, FileName);
        if (File.Exists(plan)) return ConfigDocument.Load(plan, Read);
        var known = Directory.EnumerateDirectories(results).Where(folder => File.Exists(Path.Combine(folder, FileName))).Select(folder => Path.GetFileName(folder));
        throw new InputException($"there is no training '{name}' in {results}{NearestName.End(name, known)}");
    }

    public static TrainingPlan Read(ConfigNode node)
    {
        var o = node.Object(
            "format", "name", "run", "genotype", "positionalEncoding", "input", "data", "train", "seed", "device", "threads", "architecture");
        o.Required("format", n => n.Int(Format, Format), Format);
        var settings = o.Required("train", TrainingSettings.Read, TrainingSettings.Default);
        return new TrainingPlan(
            o.Required("name", n => n.Text(), ""),
            o.Required("run", n => n.TextOrEmpty(), null),
            o.Required("genotype", n => n.TextOrEmpty(), null),
            o.Required("architecture", ArchitectureFile.Read, ReleasedArchitectures.ByName["a0"]),
            settings.Variant with { HasPositionalEncoding = o.Required("positionalEncoding", n => n.Bool(), false) },
            o.Required("input", ArchitectureFile.ReadInput, new InputShape(1, 8)),
            o.Required("data", DataSettings.Read, new MovingShapesSettings(new())),
            settings,
            (ulong)o.Required("seed", n => n.Long(0, long.MaxValue), 0),
            o.Required("device", n => n.Text(), "cpu"),
            o.Required("threads", n => n.Int(1, 1024), 1));
    }
}
