using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>One experiment: a space, data, and how to search and train. Read from <c>experiments/*.json</c>, format 1.</summary>
/// <param name="Name">What runs are named after.</param>
/// <param name="Seed">Root of all randomness.</param>
/// <param name="Space">The search space.</param>
/// <param name="SpaceText">Text of its file, kept with the run.</param>
/// <param name="Variant">How the networks of the search are built.</param>
/// <param name="Data">The clips.</param>
/// <param name="Supernet">How shared weights are trained.</param>
/// <param name="Search">How the controller searches.</param>
/// <param name="Train">How a chosen network is trained.</param>
public sealed record Experiment(
    string Name, ulong Seed, SearchSpace Space, string SpaceText, NetworkVariant Variant, DataSettings Data, SupernetSettings Supernet,
    SearchSettings Search, TrainingSettings Train)
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads the experiment at <paramref name="path"/>.</summary>
    /// <param name="path">The file; the space in it is looked up beside it.</param>
    /// <param name="overrides">"a.b=c" texts that change values of the file.</param>
    /// <exception cref="InputException">The file or the space is missing or has mistakes.</exception>
    public static Experiment Load(string path, IReadOnlyList<string>? overrides = null)
    {
        string folder = path.Length > 0 ? Path.GetDirectoryName(Path.GetFullPath(path))! : "";
        var (spacePath, withSpace) = ConfigDocument.Load(path, node => Read(node, folder), overrides);
        return withSpace(SpaceFile.Load(spacePath), File.ReadAllText(spacePath));
    }

    /// <summary>The root of all randomness.</summary>
    public RandomStream Random => new(Seed);

    /// <summary>The experiment as JSON that <see cref="Load"/> reads back, the space being in <paramref name="spacePath"/>.</summary>
    public string ToJson(string spacePath) => new JsonObject
    {
        ["format"] = Format,
        ["name"] = Name,
        ["seed"] = Seed,
        ["space"] = spacePath,
        ["variant"] = Variant.Name,
        ["data"] = Data.ToJson(),
        ["supernet"] = Supernet.ToJson(),
        ["search"] = JsonNode.Parse(Search.ToJson()),
        ["train"] = Train.ToJson(),
    }.ToJsonString(Indented);

    // The space comes last: its file is read when this one has no mistakes.
    private static (string SpacePath, Func<SearchSpace, string, Experiment> WithSpace) Read(ConfigNode node, string folder)
    {
        var o = node.Object("format", "name", "seed", "space", "variant", "data", "supernet", "search", "train");
        o.Required("format", n => n.Int(Format, Format), Format);
        string name = o.Required("name", ReadName, "experiment");
        ulong seed = (ulong)o.Optional("seed", n => n.Long(0, long.MaxValue), 1);
        string spacePath = o.Required("space", n => ReadSpacePath(n, folder), "");
        var variant = o.Optional("variant", n => n.OneOf(NetworkVariant.ByName), NetworkVariant.Causal);
        var data = o.Required("data", DataSettings.Read, new MovingShapesSettings(new())).Beside(folder);
        var supernet = o.Optional("supernet", SupernetSettings.Read, SupernetSettings.Default);
        var search = o.Optional("search", SearchSettings.Read, new SearchSettings());
        var train = o.Optional("train", TrainingSettings.Read, TrainingSettings.Default);
        return (spacePath, (space, text) => new Experiment(name, seed, space, text, variant, data, supernet, search, train));
    }

    private static string ReadSpacePath(ConfigNode node, string folder)
    {
        string text = node.Text(), path = Path.Combine(folder, text);
        if (text.Length == 0 || File.Exists(path)) return path;
        string? beside = Path.GetDirectoryName(path);
        string[] names = Directory.Exists(beside) ? [.. Directory.EnumerateFiles(beside).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
        node.Fail($"is '{text}', and there is no such file beside this one{NearestName.Hint(Path.GetFileName(text), names)}");
        return path;
    }

    private static string ReadName(ConfigNode node)
    {
        string name = node.Text();
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || name.StartsWith('.'))
            node.Fail($"names a folder: letters, digits, '-', '_' and '.' are allowed, not '{name}'");
        return name;
    }
}
