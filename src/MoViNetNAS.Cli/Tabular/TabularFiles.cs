using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tabular;

/// <summary>A tabular benchmark on disk: <c>table.csv.gz</c>, <c>recipe.json</c>, <c>experiment.json</c> and <c>space.json</c> in a folder of its own.</summary>
internal static class TabularFiles
{
    private const int Format = 1, ScoreColumn = 9;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all files, the recipe last.</summary>
    public static void Save(TabularBenchmark benchmark, Experiment experiment, string folder)
    {
        var recipe = benchmark.Recipe;
        string table = Table(benchmark);
        AtomicFile.WriteText(Path.Combine(folder, "space.json"), experiment.SpaceText);
        AtomicFile.WriteText(Path.Combine(folder, "experiment.json"), experiment.ToJson("space.json"));
        AtomicFile.Write(Path.Combine(folder, "table.csv.gz"), stream =>
        {
            using var gzip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
            gzip.Write(Encoding.ASCII.GetBytes(table));
        });
        AtomicFile.WriteText(Path.Combine(folder, "recipe.json"), new JsonObject
        {
            ["format"] = Format,
            ["name"] = recipe.Name,
            ["variant"] = VariantFile.Write(benchmark.Variant),
            ["classes"] = benchmark.Classes,
            ["epochs"] = new JsonArray([.. recipe.Epochs.Select(epoch => JsonValue.Create(epoch))]),
            ["seeds"] = new JsonArray([.. recipe.Seeds.Select(seed => JsonValue.Create(seed))]),
            ["clipsPerEpoch"] = recipe.ClipsPerEpoch,
            ["scoreClips"] = recipe.ScoreClips,
            ["testClips"] = recipe.TestClips,
            ["command"] = recipe.Command,
            ["versions"] = recipe.Versions,
            ["machine"] = recipe.Machine,
            ["tableSha256"] = Sha256(table),
            ["resultsSha256"] = ResultsSha256(table),
        }.ToJsonString(Indented) + "\n");
    }

    /// <summary>Reads the benchmark of <paramref name="folder"/>.</summary>
    /// <exception cref="InputException">A file is missing or damaged, or the table is not that of the recipe.</exception>
    public static TabularBenchmark Load(string folder)
    {
        string path = Path.Combine(folder, "recipe.json"), tablePath = Path.Combine(folder, "table.csv.gz");
        if (!File.Exists(path)) throw new InputException($"there is no tabular benchmark in {folder}: {path} is missing; `movinet tabular build` makes one.");
        var (recipe, variant, classes, hash) = ConfigDocument.Load(path, ReadRecipe);
        var space = SpaceFile.Load(Path.Combine(folder, "space.json"));
        string table = ReadTable(tablePath);
        if (Sha256(table) != hash) throw new InputException($"{tablePath} is not the table that {path} describes: its SHA-256 differs.");
        var costs = new CostTable(space, variant, classes, space.Definition.Input);
        var trainings = new Dictionary<Genotype, List<TabularTraining>>();
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            string[] cells = line.Split(',');
            var row = cells.Length > ScoreColumn ? TabularRow.Parse($"{cells[0]},{string.Join(',', cells[(ScoreColumn - 1)..])}", recipe.Epochs.Length) : null;
            if (row is null) throw new InputException($"{tablePath}: '{line}' is no training with {recipe.Epochs.Length} scores.");
            var genotype = space.Parse(row.Genotype);
            if (!trainings.TryGetValue(genotype, out var list)) trainings[genotype] = list = [];
            list.Add(row.Training);
        }

        return new TabularBenchmark(recipe, space, variant, classes,
            [.. SpaceEnumeration.Of(space).Where(trainings.ContainsKey).Select(genotype => new TabularEntry(genotype, costs.Of(genotype), [.. trainings[genotype]]))]);
    }

    /// <summary>The uncompressed table: a line for each training.</summary>
    public static string Table(TabularBenchmark benchmark)
    {
        var text = new StringBuilder("genotype,macs,macsPerFrame,paperFlops,trainableParameters,totalParameters,streamStateBytes,peakActivationBytes,seed,");
        text.AppendJoin(',', benchmark.Recipe.Epochs.Select(epoch => $"score{epoch}")).Append(",test,seconds\n");
        foreach (var entry in benchmark.Entries)
        {
            var cost = entry.Cost;
            foreach (var training in entry.Trainings)
            {
                string row = new TabularRow("", training).ToText(); // ",seed,scores,test,seconds"
                text.Append(FormattableString.Invariant(
                    $"{entry.Genotype},{cost.Macs},{cost.MacsPerFrame},{cost.PaperFlops},{cost.TrainableParameters},{cost.TotalParameters},{cost.StreamStateBytes},{cost.PeakActivationBytes}")).Append(row).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The hash of all but the seconds: the same wherever the same recipe gives the same networks.</summary>
    public static string ResultsSha256(string table) =>
        Sha256(string.Join('\n', table.Split('\n').Select(line => line.Contains(',') ? line[..line.LastIndexOf(',')] : line)));

    private static (TabularRecipe Recipe, NetworkVariant Variant, int Classes, string Hash) ReadRecipe(ConfigNode node)
    {
        var o = node.Object(
            "format", "name", "variant", "classes", "epochs", "seeds", "clipsPerEpoch", "scoreClips", "testClips", "command", "versions", "machine", "tableSha256", "resultsSha256");
        o.Required("format", n => n.Int(Format, Format), Format);
        o.Required("resultsSha256", n => n.Text(), "");
        return (
            new TabularRecipe(
                o.Required("name", n => n.Text(), ""),
                o.Required<ImmutableArray<int>>("epochs", n => [.. n.Array().Select(e => e.Int(1, int.MaxValue))], [1]),
                o.Required<ImmutableArray<ulong>>("seeds", n => [.. n.Array().Select(e => (ulong)e.Long(0, long.MaxValue))], [1]),
                o.Required("clipsPerEpoch", n => n.Int(1, int.MaxValue), 1),
                o.Required("scoreClips", n => n.Int(1, int.MaxValue), 1),
                o.Required("testClips", n => n.Int(1, int.MaxValue), 1),
                o.Required("command", n => n.Text(), ""),
                o.Required("versions", n => n.Text(), ""),
                o.Required("machine", n => n.Text(), "")),
            o.Required("variant", VariantFile.Read, NetworkVariant.Causal),
            o.Required("classes", n => n.Int(1, int.MaxValue), 1),
            o.Required("tableSha256", n => n.Text(), ""));
    }

    private static string ReadTable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var reader = new StreamReader(gzip, Encoding.ASCII);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {e.Message}", e);
        }
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
