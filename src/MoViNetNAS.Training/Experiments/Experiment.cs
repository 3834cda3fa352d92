using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>One experiment: a space, data, and how to search and train. Read from <c>experiments/*.json</c>, format 1.</summary>
/// <remarks>One that only trains networks that have a name needs no space.</remarks>
/// <param name="Name">What runs are named after.</param>
/// <param name="Seed">Root of all randomness.</param>
/// <param name="Space">The search space; null when it only trains.</param>
/// <param name="SpaceText">Text of its file, kept with the run; empty without a space.</param>
/// <param name="Input">The clips that networks are trained on: the space's unless the file says otherwise. A search takes the space's.</param>
/// <param name="Network">Name of the network to train when the command line says none; null when it has to.</param>
/// <param name="Variant">How the networks of the search are built.</param>
/// <param name="Data">The clips.</param>
/// <param name="Supernet">How shared weights are trained.</param>
/// <param name="Search">How the controller searches.</param>
/// <param name="Train">How a chosen network is trained.</param>
/// <param name="Latency">Measured milliseconds, from the file that the search names; null when it names none.</param>
/// <param name="Trust">How a search checks its shared weights when it has ended; null when it does not.</param>
public sealed record Experiment(
    string Name, ulong Seed, SearchSpace? Space, string SpaceText, InputShape Input, string? Network, NetworkVariant Variant, DataSettings Data,
    SupernetSettings Supernet, SearchSettings Search, TrainingSettings Train, LatencyTable? Latency = null, TrustSettings? Trust = null)
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Dictionary<string, string> Networks = NamedNetworks.Single.ToDictionary(name => name);

    /// <summary>Reads the experiment at <paramref name="path"/>.</summary>
    /// <param name="path">The file; the space and the latency table in it are looked up beside it.</param>
    /// <param name="overrides">"a.b=c" texts that change values of the file.</param>
    /// <exception cref="InputException">A file is missing or has mistakes, or the latency table is of another space or variant.</exception>
    public static Experiment Load(string path, IReadOnlyList<string>? overrides = null)
    {
        string folder = path.Length > 0 ? Path.GetDirectoryName(Path.GetFullPath(path))! : "";
        var (spacePath, latencyPath, with) = ConfigDocument.Load(path, node => Read(node, folder), overrides);
        if (spacePath is null) return with(null, "", null);
        var space = SpaceFile.Load(spacePath);
        var latency = latencyPath is null ? null : LatencyFile.Load(latencyPath);
        var experiment = with(space, File.ReadAllText(spacePath), latency);
        if (latency?.Mismatch(space, experiment.Variant, space.Definition.Input.Resolution) is { } other)
            throw new InputException($"{Shown(latencyPath!)} {other.Replace("FILE", Shown(spacePath), StringComparison.Ordinal)}.");
        return experiment;
    }

    /// <summary>The root of all randomness.</summary>
    public RandomStream Random => new(Seed);

    /// <summary>The search space, which a search needs.</summary>
    /// <exception cref="InputException">This experiment has none.</exception>
    public SearchSpace RequireSpace() => Space
        ?? throw new InputException($"experiment '{Name}' has no key 'space': it trains networks by name (`movinet train`), and there is nothing to search.");

    /// <summary>The experiment as JSON that <see cref="Load"/> reads back.</summary>
    /// <param name="spacePath">Where the space is, seen from that file; not written when there is none.</param>
    /// <param name="latencyPath">Where the latency table is; null to name the file that the search names.</param>
    public string ToJson(string spacePath = "", string? latencyPath = null)
    {
        var json = new JsonObject { ["format"] = Format, ["name"] = Name, ["seed"] = Seed };
        if (Space is not null) json["space"] = spacePath;
        if (Input != Space?.Definition.Input) json["input"] = ArchitectureFile.WriteInput(Input);
        if (Network is not null) json["network"] = Network;
        if (Space is not null) json["variant"] = VariantFile.Write(Variant);
        json["data"] = Data.ToJson();
        if (Space is not null)
        {
            json["supernet"] = Supernet.ToJson();
            json["search"] = JsonNode.Parse((Latency is null || latencyPath is null ? Search : Search with { LatencyTable = latencyPath }).ToJson());
        }

        json["train"] = Train.ToJson();
        if (Trust is not null) json["trust"] = Trust.ToJson();
        return json.ToJsonString(Indented);
    }

    // The space and the milliseconds come last: their files are read when this one has no mistakes.
    private static (string? SpacePath, string? LatencyPath, Func<SearchSpace?, string, LatencyTable?, Experiment> With) Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "seed", "space", "input", "network", "variant", "data", "supernet", "search", "train", "trust");
        o.Required("format", n => n.Int(Format, Format), Format);
        string name = o.Required("name", ReadName, "experiment");
        ulong seed = (ulong)o.Optional("seed", n => n.Long(0, long.MaxValue), 1);
        string? spacePath = o.Optional("space", n => ReadPath(n, folder), null);
        var input = o.Optional("input", ArchitectureFile.ReadInput, null);
        if (spacePath is null) RequireOnlyTraining(node, input);
        string? network = o.Optional("network", n => n.OneOf(Networks), null);
        var variant = o.Optional("variant", VariantFile.Read, NetworkVariant.Causal);
        var data = o.Required("data", DataSettings.Read, new MovingShapesSettings(new())).Beside(folder);
        var supernet = o.Optional("supernet", SupernetSettings.Read, SupernetSettings.Default);
        string? latencyPath = null;
        var search = o.Optional("search", n => ReadSearch(n, folder, spacePath ?? "", variant, out latencyPath), new SearchSettings());
        var train = o.Optional("train", TrainingSettings.Read, TrainingSettings.Default);
        var trust = o.Optional("trust", TrustSettings.Read, null);
        return (spacePath, latencyPath, (space, text, latency) => new Experiment(
            name, seed, space, text, input ?? space!.Definition.Input, network, variant, data, supernet, search, train, latency, trust));
    }

    private static void RequireOnlyTraining(ConfigNode node, InputShape? input)
    {
        if (input is null)
        {
            node.Fail("the file needs the key 'space', or 'input' when it only trains");
            return;
        }

        foreach (string key in new[] { "variant", "supernet", "search", "trust" })
            node.Field(key)?.Fail("is of a search, which needs the key 'space'; without one there is only 'train'");
    }

    private static SearchSettings ReadSearch(ConfigNode node, string folder, string spacePath, NetworkVariant variant, out string? latencyPath)
    {
        var search = SearchSettings.Read(node);
        latencyPath = null;
        if (!search.AsksForLatency && search.LatencyTable is null) return search;
        string command = $"`movinet bench latency --space {Shown(spacePath)} --variant {variant.Name} --classes N`";
        if (!variant.IsCausal)
            node.Fail($"asks for milliseconds of a streamed frame, but the variant '{variant.Name}' is not causal and cannot stream; causal and stream can");
        else if (search.LatencyTable is null)
            node.Fail($"{(search.Objective == CostObjective.LatencyMs ? "has the objective latencyMs" : "asks for latencyMs")} and needs the key 'latencyTable', a file that {command} writes");
        else if (search.LatencyTable.Length > 0)
            latencyPath = ReadPath(node.Field("latencyTable")!, folder, $"; {command} measures one");
        return search;
    }

    private static string ReadPath(ConfigNode node, string folder, string advice = "")
    {
        string text = node.Text(), path = Path.Combine(folder, text);
        if (text.Length == 0 || File.Exists(path)) return path;
        string? beside = Path.GetDirectoryName(path);
        string[] names = Directory.Exists(beside) ? [.. Directory.EnumerateFiles(beside).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
        node.Fail($"is '{text}', and there is no such file beside this one{NearestName.Hint(Path.GetFileName(text), names)}{advice}");
        return path;
    }

    // As the user would type it.
    private static string Shown(string path) => path.Length > 0 ? Path.GetRelativePath(Environment.CurrentDirectory, path) : "FILE";

    private static string ReadName(ConfigNode node)
    {
        string name = node.Text();
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || name.StartsWith('.'))
            node.Fail($"names a folder: letters, digits, '-', '_' and '.' are allowed, not '{name}'");
        return name;
    }
}
