using System.IO.Compression;
using System.Text.Json;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests;

/// <summary>A table of eight networks, built, gone on with, read, and searched on; and the trust report that it makes possible.</summary>
[Collection(RunCollection.Name)]
public sealed class TabularVerbTests : IDisposable
{
    private const string Space =
        """
        {
          "format": 1, "name": "eight", "input": { "frames": 3, "resolution": 16 }, "widthMultipliers": [1], "stem": { "width": 8 },
          "layer": { "kernels": ["1x3x3", "3x3x3"], "expansions": [1], "squeezeExcite": [true, false] },
          "blocks": [{ "width": 8, "stride": 2, "depth": [1, 1] }, { "width": 8, "stride": 2, "depth": [1, 1], "squeezeExcite": [false] }],
          "head": { "width": 8, "denseWidth": 8 }
        }
        """;

    private const string Experiment =
        """
        {
          "format": 1, "name": "eight", "seed": 1, "space": "space.json", "variant": "causal",
          "data": { "kind": "moving-shapes", "weightsClips": 32, "scoreClips": 24, "testClips": 24 },
          "supernet": { "batch": 4, "scoreBatch": 8 },
          "search": { "steps": 4, "candidates": 2, "tolerance": 0.5, "controllerLearningRate": 0.1, "topCandidates": 2, "baselineArchitectures": 2, "checkpointEvery": 2 },
          "train": { "variant": "causal", "epochs": 2, "batch": 8, "residualScale": 1 },
          "trust": { "architectures": 3, "seeds": 2 }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-table-");

    public TabularVerbTests()
    {
        File.WriteAllText(At("space.json"), Space);
        File.WriteAllText(At("eight.json"), Experiment);
        File.WriteAllText(At("table.json"), """{ "format": 1, "name": "eight", "experiment": "eight.json", "seeds": [1, 7], "epochs": [1, 2] }""");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Trainings_of_a_table_are_not_in_bfloat16()
    {
        File.WriteAllText(At("eight.json"), Experiment.Replace("\"epochs\": 2", "\"epochs\": 2, \"precision\": \"bfloat16\"", StringComparison.Ordinal));
        Assert.Contains(
            "train.precision is 'bfloat16', and the trainings of tables and comparisons run on the CPU, whose kernels are float32: set train.precision=float32.",
            Movinet.Refused(BuildArgs("rounded")));
        Assert.False(Directory.Exists(At("rounded")));
    }

    [Fact]
    public void Trust_in_a_search_whose_networks_train_in_bfloat16_is_measured_in_float32()
    {
        var run = Movinet.Done("search", At("eight.json"), "--db", At("db/m.db"), "--threads", "1", "--name", "own", "--set", "train.precision=bfloat16");
        Assert.Contains("train.precision is 'bfloat16'; architectures are trained on the CPU, in float32", run.Error);
        Assert.Equal(4, File.ReadLines(At("db/own/trust/trust.csv")).Count());
    }

    [Fact]
    public void Built_in_parts_and_interrupted_it_is_the_same_table_and_its_networks_are_those_of_train()
    {
        Build("whole");
        Assert.Contains("8 of 16 trainings are missing", Movinet.Done(BuildArgs("parts", "--part", "2/2")).Error);
        string part = At("parts/parts/2-of-2.csv"), text = File.ReadAllText(part);
        string[] lines = text.Split('\n');
        File.WriteAllText(part, string.Join('\n', lines[..3]) + "\n" + lines[3][..9]); // killed while it wrote its fourth line
        Movinet.Done(BuildArgs("parts", "--part", "1/2"));
        Movinet.Done(BuildArgs("parts", "--part", "2/2"));
        Assert.Equal(Recipe("whole").GetProperty("resultsSha256").GetString(), Recipe("parts").GetProperty("resultsSha256").GetString());
        Assert.False(Directory.Exists(At("parts/parts")));

        var benchmark = TabularFiles.Load(At("whole"));
        Assert.Equal(8, benchmark.Entries.Length);
        var entry = benchmark.Entries[5];
        Assert.Equal(CostModel.Of(benchmark.Space.Resolve(entry.Genotype), benchmark.Variant, benchmark.Classes), entry.Cost);
        string database = At("db/m.db");
        Movinet.Done("search", At("eight.json"), "--db", database, "--threads", "1", "--name", "s");
        var trained = Movinet.Done("train", "--run", "s", "--pick", $"{entry.Genotype}", "--seed", "7", "--name", "n", "--db", database, "--threads", "1", "--json").Json;
        Assert.Equal(entry.Trainings[1].Scores[^1], trained.GetProperty("scoreTop1").GetDouble());
        Assert.Equal(entry.Trainings[1].Test, trained.GetProperty("testTop1").GetDouble());
    }

    [Fact]
    public void Searches_are_replayed_on_it_the_same_each_time_and_it_says_how_far_shared_weights_can_be_trusted()
    {
        Build("table");
        var shown = Movinet.Done("tabular", "show", At("table"), "--json").Json;
        Assert.Equal(8, shown.GetProperty("summary").GetProperty("architectures").GetInt32());
        Assert.Contains("all 8 architectures", Movinet.Done("tabular", "show", At("table")).Output);

        File.WriteAllText(At("compare.json"), """
            {
              "format": 1, "name": "c", "benchmark": "table", "target": "median", "tolerance": "below", "evaluations": 3, "seeds": [1, 2, 3],
              "methods": [{ "name": "random", "strategy": "random" }, { "name": "evolution", "strategy": { "kind": "regularizedEvolution", "population": 2, "sample": 1 } }]
            }
            """);
        var first = Movinet.Done("compare", At("compare.json"), "--db", At("db/m.db"), "--json").Json;
        Assert.Equal(["random", "evolution"], first.EnumerateArray().Select(row => row.GetProperty("method").GetString()));
        Assert.Equal(3 * 2 * 32, first[0].GetProperty("trainedClips").GetDouble()); // three trainings of two epochs of 32 clips
        string results = File.ReadAllText(At("db/c/results.csv")), curves = File.ReadAllText(At("db/c/curves.csv"));
        Movinet.Done("compare", At("compare.json"), "--db", At("db/m.db"));
        Assert.Equal((results, curves), (File.ReadAllText(At("db/c/results.csv")), File.ReadAllText(At("db/c/curves.csv"))));
        Assert.Contains("no method named 'randon' to compare with; did you mean 'random'", Movinet.Refused("compare", At("compare.json"), "--set", "baseline=randon"));

        Movinet.Done("search", At("eight.json"), "--db", At("db/m.db"), "--threads", "1", "--name", "s");
        var trust = Movinet.Done("trust", "s", "--table", At("table"), "--db", At("db/m.db"), "--json").Json;
        Assert.Equal(2, trust.GetProperty("seeds").GetInt32());
        Assert.True(File.ReadLines(At("db/s/trust/trust.csv")).Count() == 1 + trust.GetProperty("architectures").GetInt32());
        Assert.Contains("is of space 'eight'", Movinet.Refused("trust", "s", "--table", Other(), "--db", At("db/m.db")));

        File.WriteAllText(At("study.json"), """
            {
              "format": 1, "name": "t", "experiment": "eight.json", "table": "table", "seeds": [1, 2],
              "rows": [{ "name": "both" }, { "name": "no op warm-up", "set": ["search.warmUpBranches=1"] }]
            }
            """);
        var study = Movinet.Done("trust", "study", At("study.json"), "--db", At("db/m.db"), "--threads", "1");
        Assert.Contains("no op warm-up", study.Output);
        string[] searches = File.ReadAllLines(At("db/t/trust.csv"));
        string[] architectures = File.ReadAllLines(At("db/t-1-1/trust/ranks.csv"));
        Assert.Equal(architectures.Length, File.ReadAllLines(At("db/t/ranks.csv")).Length);
        Movinet.Done("figure", "rank", At("db/t"), "--out", At("again"));
        Assert.Equal(File.ReadAllText(At("db/t/ranks.csv")), File.ReadAllText(At("again.csv")));
        Assert.Equal(5, searches.Length);
        Assert.NotEqual(searches[1].Split(',')[3..], searches[3].Split(',')[3..]); // the switch is read
        Assert.DoesNotContain("step", Movinet.Done("trust", "study", At("study.json"), "--db", At("db/m.db"), "--threads", "1").Error); // found, not searched again
    }

    [Fact]
    public void Searches_and_random_trainings_are_compared_at_equal_compute_and_done_once()
    {
        File.WriteAllText(At("compare.json"), """
            {
              "format": 1, "name": "c", "experiment": "eight.json", "set": ["train.epochs=1"], "seeds": [1, 2],
              "methods": [
                { "name": "random", "strategy": "random" }, { "name": "TuNAS" }, { "name": "SPOS", "set": ["search.algorithm=spos", "search.evolution={\"population\":3,\"generations\":1}"] }
              ]
            }
            """);
        string[] compare = ["compare", At("compare.json"), "--db", At("db/m.db"), "--threads", "1", "--json"];
        var first = Movinet.Done(compare);
        var rows = first.Json.EnumerateArray().ToDictionary(row => row.GetProperty("method").GetString()!);
        double compute = Math.Max(Compute(rows["TuNAS"]), Compute(rows["SPOS"])), random = Compute(rows["random"]);
        Assert.InRange(random, compute - 32, compute); // a whole number of trainings of one epoch of 32 clips
        Assert.Equal(2, rows["TuNAS"].GetProperty("found").GetInt32());
        string results = WithoutSeconds(At("db/c/results.csv"));
        var second = Movinet.Done(compare);
        Assert.DoesNotContain("training", second.Error);
        Assert.DoesNotContain("search c-", second.Error);
        Assert.Equal(results, WithoutSeconds(At("db/c/results.csv")));
        Assert.Contains("is of other settings", Movinet.Refused([.. compare, "--set", "set=[\"search.steps=6\"]"]));

        // What the trust section asks for is done when the search has ended.
        Assert.Contains("tau-b", Movinet.Done("search", At("eight.json"), "--db", At("db/m.db"), "--threads", "1", "--name", "own").Output);
        Assert.Equal(4, File.ReadLines(At("db/own/trust/trust.csv")).Count());
    }

    private static double Compute(JsonElement row) => row.GetProperty("trainedClips").GetDouble() + row.GetProperty("scoredClips").GetDouble() / 3;

    private static string WithoutSeconds(string file) => string.Join('\n', File.ReadLines(file).Select(line => string.Join(',', line.Split(',').Where((_, i) => i != 8))));

    [Fact]
    public void A_damaged_table_is_refused_in_words()
    {
        Assert.Contains("there is no tabular benchmark", Movinet.Refused("tabular", "show", At("nowhere")));
        Build("table");
        string path = At("table/table.csv.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
        Assert.Contains("table.csv.gz", Movinet.Refused("tabular", "show", At("table")));
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest)) gzip.Write("genotype\n"u8);
        Assert.Contains("its SHA-256 differs", Movinet.Refused("tabular", "show", At("table")));
        Assert.Contains("--part must be i/n", Movinet.Refused(BuildArgs("x", "--part", "3/2")));
    }

    // The same table under a space of another hash.
    private string Other()
    {
        string other = At("other");
        Directory.CreateDirectory(other);
        foreach (string file in Directory.GetFiles(At("table"))) File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(other, "space.json"), Space.Replace("\"denseWidth\": 8", "\"denseWidth\": 16", StringComparison.Ordinal));
        return other;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private JsonElement Recipe(string folder) => JsonDocument.Parse(File.ReadAllText(At($"{folder}/recipe.json"))).RootElement;

    private void Build(string folder) => Assert.Contains("the table is whole", Movinet.Done(BuildArgs(folder)).Output);

    private string[] BuildArgs(string folder, params string[] more) => ["tabular", "build", At("table.json"), "--out", At(folder), "--threads", "1", .. more];
}
