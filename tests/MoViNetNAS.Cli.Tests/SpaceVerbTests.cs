using System.Numerics;

namespace MoViNetNAS.Cli.Tests;

public sealed class SpaceVerbTests
{
    [Fact]
    public void Show_lists_the_decisions()
    {
        var run = Movinet.Run("space", "show", "--space", Repository.Space("tiny"));
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("block2/layer1/kernel", run.Output);
        Assert.Contains("1x3x3, 1x5x5, 1x7x7, 5x1x1, 7x1x1, 3x3x3, 5x3x3", run.Output);
        var json = Movinet.Run("space", "show", "--space", Repository.Space("tiny"), "--json").Json;
        Assert.Equal(21, json.GetProperty("decisions").GetArrayLength());
        Assert.Equal(64, json.GetProperty("hash").GetString()!.Length);
    }

    [Fact]
    public void Show_lists_the_layers_of_a_model_with_costs_that_add_up()
    {
        var stages = Movinet.Run("space", "show", "--model", "a0", "--json").Json.GetProperty("stages").EnumerateArray().ToArray();
        Assert.Equal(1 + 15 + 2, stages.Length);
        Assert.Equal(3_111_799, stages.Sum(stage => stage.GetProperty("parameters").GetInt64()));
        Assert.Equal(86, stages[0].GetProperty("outputSize").GetInt32());
        Assert.Equal("1x5x5", stages[1].GetProperty("kernel").GetString());
        Assert.Contains("block6/layer4", Movinet.Run("space", "show", "--model", "a0").Output);
    }

    [Fact]
    public void Count_is_exact()
    {
        var json = Movinet.Run("space", "count", "--space", Repository.Space("a2"), "--json").Json;
        var layers = Enumerable.Range(1, 10).Aggregate(BigInteger.Zero, (sum, depth) => sum + BigInteger.Pow(84, depth));
        Assert.Equal(2 * 3 * BigInteger.Pow(3 * layers, 5), BigInteger.Parse(json.GetProperty("architectures").GetString()!));
    }

    [Fact]
    public void Samples_are_decided_by_the_seed_and_a_longer_list_begins_like_a_shorter_one()
    {
        string[] three = Genotypes(3, 7), five = Genotypes(5, 7);
        Assert.Equal(three, five[..3]);
        Assert.NotEqual(three, Genotypes(3, 8));
    }

    [Fact]
    public void Sampled_genotypes_are_printed_whole()
    {
        string[] lines = Movinet.Run("space", "sample", "--space", Repository.Space("a2"), "--count", "2").Output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], line => Assert.Equal(162, line.Split(' ')[^1].Split(':').Length));
    }

    private static string[] Genotypes(int count, int seed) =>
        [.. Movinet.Run("space", "sample", "--space", Repository.Space("tiny"), "--count", $"{count}", "--seed", $"{seed}", "--json")
            .Json.EnumerateArray().Select(sample => sample.GetProperty("genotype").GetString()!)];
}
