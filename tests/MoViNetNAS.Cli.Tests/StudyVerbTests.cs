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

    private static string Write(MiniExperiment mini, string text)
    {
        File.WriteAllText(mini["study.json"], text);
        return mini["study.json"];
    }

    private static string Seeds(JsonElement row) => row.GetProperty("seeds").GetRawText();
}
