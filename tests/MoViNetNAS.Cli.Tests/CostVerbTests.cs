namespace MoViNetNAS.Cli.Tests;

public sealed class CostVerbTests
{
    [Theory]
    [InlineData("a0", "base", 3_111_799, 3_126_071, 0)]
    [InlineData("a0", "causal", 3_111_799, 3_126_071, 4 * (1_287_072 + 3_248))]
    [InlineData("a0", "stream", 3_748_031, 3_765_983, 4 * (670_944 + 3_248))]
    [InlineData("A2", "stream", 7_326_962, 7_366_050, 4 * (2_700_096 + 6_992))]
    [InlineData("a5", "stream", 31_495_934, 31_636_734, 4 * (18_748_800 + 24_592))] // with positional encoding
    public void Released_models_cost_what_is_known(string model, string variant, long trainable, long total, long state)
    {
        var run = Movinet.Run("cost", "--model", model, "--variant", variant, "--json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal(trainable, run.Json.GetProperty("trainableParameters").GetInt64());
        Assert.Equal(total, run.Json.GetProperty("totalParameters").GetInt64());
        Assert.Equal(state, run.Json.GetProperty("streamStateBytes").GetInt64());
        Assert.Equal(model.ToLowerInvariant(), run.Json.GetProperty("model").GetString());
        Assert.Equal(variant, run.Json.GetProperty("variant").GetString());
    }

    [Fact]
    public void Json_has_exactly_the_names_others_rely_on() =>
        Assert.Equal(
            [
                "model", "variant", "frames", "resolution", "classes", "trainableParameters", "totalParameters", "macs", "paperFlops",
                "macsPerFrame", "streamStateBytes", "peakActivationBytes",
            ],
            Movinet.Run("cost", "--model", "a0", "--json").Json.EnumerateObject().Select(property => property.Name));

    [Fact]
    public void Input_and_classes_can_be_given()
    {
        var json = Movinet.Run("cost", "--model", "a2", "--frames", "32", "--resolution", "224", "--classes", "10", "--json").Json;
        Assert.Equal((32, 224, 10), (json.GetProperty("frames").GetInt32(), json.GetProperty("resolution").GetInt32(), json.GetProperty("classes").GetInt32()));
        Assert.InRange(json.GetProperty("paperFlops").GetInt64() / 1e9, 7.55, 7.62); // published: 7.59
        Assert.Equal(5_249_562 - 590 * 2049, json.GetProperty("trainableParameters").GetInt64());
    }

    [Fact]
    public void A_table_is_for_people()
    {
        var run = Movinet.Run("cost", "--model", "a0", "--variant", "stream");
        Assert.StartsWith("a0 stream, 50 frames of 172x172, 600 classes", run.Output);
        Assert.Contains("3,748,031", run.Output);
        Assert.Contains("2.697 MB", run.Output);
        Assert.DoesNotContain("\u001b", run.Output); // no colour: this is not a terminal
        Assert.All(run.Output.Split(Environment.NewLine), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void A_sampled_genotype_costs_what_its_sample_said()
    {
        string space = Repository.Space("tiny");
        var sample = Movinet.Run("space", "sample", "--space", space, "--count", "1", "--seed", "3", "--classes", "8", "--json").Json[0];
        var cost = Movinet.Run("cost", "--space", space, "--genotype", sample.GetProperty("genotype").GetString()!, "--classes", "8", "--json").Json;
        Assert.Equal(sample.GetRawText(), cost.GetRawText().ReplaceLineEndings("\n  "));
        Assert.Equal("tiny", cost.GetProperty("space").GetString());
    }
}
