using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Everything a training is a function of; kept as <c>plan.json</c>, format 2, so that it can be resumed and done again.</summary>
internal sealed record TrainingPlan(
    string Name, string? Run, string? Genotype, NetworkDesign Design, InputShape Input, DataSettings Data,
    TrainingSettings Settings, ulong Seed, string Device, int Threads, string? Init = null)
{
    public const string FileName = "plan.json";
    private const int OldFormat = 1, Format = 2;
    private static readonly string[] OldKeys = ["positionalEncoding", "architecture"];
    private static readonly MoViNetDesign StandIn = new(ReleasedArchitectures.ByName["a0"], NetworkVariant.Base);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["name"] = Name,
        ["run"] = Run ?? "",
        ["genotype"] = Genotype ?? "",
        ["input"] = ArchitectureFile.WriteInput(Input),
        ["data"] = Data.ToJson(),
        ["train"] = Settings.ToJson(),
        ["seed"] = Seed,
        ["device"] = Device,
        ["threads"] = Threads,
        ["init"] = Init ?? "",
        ["network"] = DesignFile.Write(Design),
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
        bool isOld = node.Field("format")?.Int(OldFormat, Format) == OldFormat;
        var o = node.Object(
            ["format", "name", "run", "genotype", "input", "data", "train", "seed", "device", "threads", "init", .. isOld ? OldKeys : ["network"]]);
        o.Required("format", n => n.Int(OldFormat, Format), Format);
        var settings = o.Required("train", TrainingSettings.Read, TrainingSettings.Default);
        return new TrainingPlan(
            o.Required("name", n => n.Text(), ""),
            o.Required("run", n => n.TextOrEmpty(), null),
            o.Required("genotype", n => n.TextOrEmpty(), null),
            isOld ? ReadOld(o, settings.Variant) : o.Required("network", DesignFile.Read, StandIn),
            o.Required("input", ArchitectureFile.ReadInput, new InputShape(1, 8)),
            o.Required("data", DataSettings.Read, new MovingShapesSettings(new())),
            settings,
            (ulong)o.Required("seed", n => n.Long(0, long.MaxValue), 0),
            o.Required("device", n => n.Text(), "cpu"),
            o.Required("threads", n => n.Int(1, 1024), 1),
            o.Optional("init", n => n.TextOrEmpty(), null));
    }

    // Before switches and comparison networks, a plan had an architecture, built as its settings said.
    private static MoViNetDesign ReadOld(ConfigObject o, NetworkVariant variant) => new(
        o.Required("architecture", ArchitectureFile.Read, StandIn.Architecture),
        variant with { HasPositionalEncoding = o.Required("positionalEncoding", n => n.Bool(), false) });
}
