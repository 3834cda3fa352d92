using System.Text.Json;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class StudyVerbTests
{
    private const string Study =
        """
        {
          "format": 1, "name": "table", "experiment": "mini-experiment.json", "genotype": "1:0:0:1:1:1:1:1:0:0:1:1:1:1:1", "seeds": [1, 2], "split": "score+test",
          "set": ["train.epochs=1", "train.subclipFrames=0"],
          "rows": [
            { "name": "base", "set": ["train.variant=base"] },
            { "name": "stream" },
            { "name": "stream, frame by frame", "frameByFrame": true },
            { "name": "stream, shuffled", "testShuffled": true },
            { "name": "ensemble", "members": 2, "halfRate": true, "sharing": "alternate" }
          ]
        }
        """;

    [Fact]
    public void Rows_that_need_the_same_training_share_it_and_a_study_run_again_trains_nothing()
    {
        using var mini = new MiniExperiment();
        string file = Write(mini, Study);
        var first = Movinet.Done("study", file, "--db", mini.Database, "--threads", "1", "--json");
        string[] trained = [.. Directory.GetDirectories(mini.Results, "mini-*").Order()];
        Assert.Equal(2 * (1 + 1 + 2), trained.Length); // base, stream and two members from two seeds
        var rows = first.Json.EnumerateArray().ToDictionary(row => row.GetProperty("row").GetString()!);
        Assert.Equal(5, rows.Count);
        Assert.Equal(Seeds(rows["stream"]), Seeds(rows["stream, frame by frame"]));
        Assert.NotEqual(Seeds(rows["base"]), Seeds(rows["stream"]));
        foreach (var row in rows.Values)
        {
            Assert.Equal(2, row.GetProperty("seeds").GetArrayLength());
            Assert.Equal(row.GetProperty("seeds").EnumerateArray().Average(seed => seed.GetProperty("measure").GetDouble()), row.GetProperty("mean").GetDouble(), 1e-12);
        }

        Assert.Equal(rows["stream"].GetProperty("macsPerFrame").GetInt64(), rows["ensemble"].GetProperty("macsPerFrame").GetInt64());
        Assert.Equal(2 * rows["stream"].GetProperty("trainableParameters").GetInt64(), rows["ensemble"].GetProperty("trainableParameters").GetInt64());
        string csv = Path.Combine(mini.Results, "table", "table.csv"), table = File.ReadAllText(csv);
        Assert.Equal(1 + (5 * 2), table.TrimEnd().Split('\n').Length);
        Assert.Contains("| stream, shuffled |", File.ReadAllText(Path.Combine(mini.Results, "table", "README.md")));

        var again = Movinet.Done("study", file, "--db", mini.Database, "--threads", "1", "--json");
        Assert.DoesNotContain("training 1 of", again.Error);
        Assert.Equal(first.Output, again.Output);
        Assert.Equal(table, File.ReadAllText(csv));
    }

    [Theory]
    [InlineData("\"split\": \"score+test\"", "\"split\": \"tset\"", "'tset'")]
    [InlineData("\"halfRate\": true", "\"halfrate\": true", "did you mean 'halfRate'")]
    [InlineData("\"name\": \"base\"", "\"name\": \"stream\"", "two rows called 'stream'")]
    [InlineData("train.variant=base", "train.varient=base", "train.varient")]
    [InlineData("\"genotype\": \"1:0", "\"genotype\": \"9:0", "9")]
    [InlineData("mini-experiment.json", "mimi-experiment.json", "no such file")]
    [InlineData("\"split\": \"score+test\"", "\"split\": \"test\", \"leaveOneOut\": true", "for videos")]
    [InlineData("train.subclipFrames=0", "train.subclipFrames=2", "subclipFrames")]
    public void A_mistake_is_told_in_a_sentence_and_nothing_is_trained(string part, string instead, string expected)
    {
        using var mini = new MiniExperiment();
        Assert.Contains(part, Study);
        string file = Write(mini, Study.Replace(part, instead, StringComparison.Ordinal));
        Assert.Contains(expected, Movinet.Refused("study", file, "--db", mini.Database, "--threads", "1"));
        if (Directory.Exists(mini.Results)) Assert.Empty(Directory.GetDirectories(mini.Results));
    }

    [Fact]
    public void A_study_of_several_labels_a_clip_is_judged_by_mean_average_precision_also_from_its_file()
    {
        using var mini = new MiniExperiment();
        string folder = mini["videos"];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < 4; i++) TinyVideo.Make(Path.Combine(folder, $"v{i}.mp4"), 1);
        File.WriteAllText(Path.Combine(folder, "Charades_v1_classes.txt"), "c000 Holding some clothes\nc001 Opening a door\n");
        File.WriteAllText(Path.Combine(folder, "Charades_v1_train.csv"), "id,subject,actions,length\nv0,a,c000 0.00 0.50;c001 0.00 1.00,1.00\nv1,b,c001 0.50 1.00,1.00\n");
        File.WriteAllText(Path.Combine(folder, "Charades_v1_test.csv"), "id,subject,actions,length\nv2,c,c000 0.00 9.00,2.00\nv3,d,c000 0.00 1.00;c001 0.50 1.00,2.00\n");
        mini.With("\"kind\": \"moving-shapes\", \"weightsClips\": 32, \"scoreClips\": 20, \"testClips\": 16", "\"kind\": \"charades\", \"folder\": \"videos\", \"scoreShare\": 0");
        string file = Write(mini, """
            {
              "format": 1, "name": "table", "experiment": "changed.json", "genotype": "1:0:0:1:1:1:1:1:0:0:1:1:1:1:1", "seeds": [1, 2],
              "set": ["train.epochs=1", "train.subclipFrames=0", "train.batch=2", "train.labelSmoothing=0"], "rows": [{ "name": "shown" }, { "name": "whole", "set": ["data.labels=video"] }]
            }
            """);
        var rows = Movinet.Done("study", file, "--db", mini.Database, "--threads", "1", "--json").Json;
        Assert.All(rows.EnumerateArray(), row => Assert.Equal("mean average precision", row.GetProperty("measure").GetString()));
        Assert.All(rows.EnumerateArray().SelectMany(row => row.GetProperty("seeds").EnumerateArray()), seed => Assert.False(seed.TryGetProperty("right", out _)));
        string results = Path.Combine(mini.Results, "table"), csv = Path.Combine(results, "table.csv");
        string table = Movinet.Done("table", "study", results, "--format", "markdown").Output;
        Assert.Contains("| mean average precision, % |", table);
        Assert.Contains(table.TrimEnd(), File.ReadAllText(Path.Combine(results, "README.md")));
        // A file from before the measure was named.
        File.WriteAllText(csv, File.ReadAllText(csv).Replace(",,", ",0,", StringComparison.Ordinal).Replace(",mean average precision", "", StringComparison.Ordinal).Replace(",measureName", "", StringComparison.Ordinal));
        Assert.Equal(table, Movinet.Done("table", "study", results, "--format", "markdown").Output);
    }

    private static string Write(MiniExperiment mini, string text)
    {
        File.WriteAllText(mini["study.json"], text);
        return mini["study.json"];
    }

    private static string Seeds(JsonElement row) => row.GetProperty("seeds").GetRawText();
}
