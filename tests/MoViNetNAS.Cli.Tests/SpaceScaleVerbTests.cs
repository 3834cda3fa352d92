using System.Text.Json;

namespace MoViNetNAS.Cli.Tests;

public sealed class SpaceScaleVerbTests
{
    private static readonly string[] Names = ["a0", "a1", "a2", "a3", "a4", "a5", "a6"];

    [Fact]
    public void The_committed_spaces_and_their_report_are_what_the_command_writes()
    {
        using var folder = new MiniExperiment();
        var json = Movinet.Done("space", "scale", "--base", Repository.Space("a2"), "--out", folder["spaces"], "--report", folder["report"], "--json").Json;
        foreach (string name in Names)
            Assert.Equal(File.ReadAllText(Repository.Space(name)), File.ReadAllText(folder[$"spaces/{name}.json"]));
        foreach (string name in new[] { "scaling.csv", "released.csv", "README.md" })
            Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "results", "scaling", name)), File.ReadAllText(folder[$"report/{name}"]));
        Assert.True(File.Exists(folder["report/costs.svg"]));

        // The mean of sampled architectures doubles at each step, within 10 %; so does the exact mean.
        JsonElement[] spaces = [.. json.GetProperty("spaces").EnumerateArray()];
        Assert.Equal(Names, spaces.Select(space => space.GetProperty("name").GetString()));
        foreach (var space in spaces[1..])
        {
            Assert.InRange(space.GetProperty("sampledRatio").GetDouble(), 1.8, 2.2);
            Assert.InRange(space.GetProperty("ratio").GetDouble(), 1.8, 2.2);
        }
    }

    [Fact]
    public void A_space_without_a_number_is_scaled_too()
    {
        using var folder = new MiniExperiment();
        var run = Movinet.Done(
            "space", "scale", "--base", Repository.Space("tiny"), "--steps", "-1..1", "--draws", "40", "--samples", "50", "--out", folder["s"], "--report", folder["r"]);
        Assert.Contains("each step multiplies: depth", run.Output);
        Assert.Equal(File.ReadAllText(Repository.Space("tiny")), File.ReadAllText(folder["s/tiny.json"]));
        Assert.Contains("\"name\": \"tiny+1\"", File.ReadAllText(folder["s/tiny+1.json"]));
        Assert.Equal(4, File.ReadAllLines(folder["r/scaling.csv"]).Length);
        Assert.False(File.Exists(folder["r/released.csv"]));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("1..4")]
    [InlineData("-2..-1")]
    [InlineData("-2..99")]
    public void Steps_that_are_no_range_around_the_base_are_refused(string steps) =>
        Assert.Contains($"not '{steps}'", Movinet.Refused("space", "scale", "--base", Repository.Space("tiny"), "--steps", steps));

    [Fact]
    public void A_released_network_is_held_against_a_space()
    {
        var run = Movinet.Done("space", "show", "--space", Repository.Space("a2"), "--released", "A2");
        Assert.Contains("expansion 25 of 26, 1 between options", run.Output);
        Assert.Contains("between 144 and 192", run.Output);
        var rows = Movinet.Done("space", "show", "--space", Repository.Space("a0"), "--released", "a0", "--json").Json.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(3 + 2 * 5 + 3 * 15 + 3, rows.Length);
        Assert.Contains("A2", Movinet.Refused("space", "show", "--space", Repository.Space("a2"), "--released", "A2b"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("2 blocks", Movinet.Refused("space", "show", "--space", Repository.Space("tiny"), "--released", "a0"));
        Assert.Contains("--states", Movinet.Refused("space", "show", "--space", Repository.Space("a2"), "--released", "a0", "--states"));
        Assert.Contains("--space", Movinet.Refused("space", "show", "--released", "a0"));
    }
}
