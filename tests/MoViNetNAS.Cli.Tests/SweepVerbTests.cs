using System.Text.Json;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class SweepVerbTests
{
    private const string Sweep =
        """
        {
          "format": 1, "name": "sweep", "experiment": "mini-experiment.json", "spaces": ["mini.json", "other.json"], "targets": ["30%", 150000],
          "set": ["search.tolerance=0.9"]
        }
        """;

    [Fact]
    public void Every_space_is_searched_for_every_target_and_again_nothing_is_searched()
    {
        using var mini = Mini(Sweep);
        string[] args = ["sweep", mini["sweep.json"], "--db", mini.Database, "--threads", "1", "--json"];
        var dry = Movinet.Done([.. args, "--dry-run"]);
        mini.AssertNothingWritten();
        JsonElement[] planned = [.. dry.Json.EnumerateArray()];
        Assert.Equal(["mini", "mini", "other", "other"], planned.Select(search => search.GetProperty("space").GetString()));
        Assert.Equal([150000.0, 150000.0], new[] { planned[1], planned[3] }.Select(search => search.GetProperty("target").GetDouble()));

        var first = Movinet.Done(args);
        string[] runs = [.. first.Json.EnumerateArray().Select(search => search.GetProperty("run").GetString()!)];
        Assert.Equal(planned.Select(search => search.GetProperty("run").GetString()), runs);
        Assert.All(runs, run => Assert.Equal(RunStatus.Completed, mini.Run(run).Status));
        Assert.Equal(planned.Select(search => search.GetProperty("target").GetDouble()), runs.Select(run => mini.Run(run).Target));
        string folder = Path.Combine(mini.Results, "sweep");
        string csv = File.ReadAllText(Path.Combine(folder, "fronts.csv"));
        Assert.StartsWith("space,target,rank,run,", csv);
        Assert.Equal(1 + first.Json.EnumerateArray().Sum(search => search.GetProperty("front").GetArrayLength()), csv.TrimEnd().Split('\n').Length);
        string svg = File.ReadAllText(Path.Combine(folder, "pareto.svg"));
        Assert.Contains("space mini", svg);
        Assert.Contains("space other", svg);

        var again = Movinet.Done(args);
        Assert.Equal(first.Output, again.Output);
        Assert.Equal(4, again.Error.Split("done already").Length - 1);
        Assert.Equal(csv, File.ReadAllText(Path.Combine(folder, "fronts.csv")));
    }

    [Fact]
    public void A_search_that_was_killed_goes_on_and_ends_as_if_it_had_not_been()
    {
        using var mini = Mini(Sweep.Replace(", \"other.json\"", "").Replace("\"30%\", 150000", "\"40%\""));
        string[] args = ["sweep", mini["sweep.json"], "--db", mini.Database, "--threads", "1", "--json"];
        var first = Movinet.Done(args);
        string run = first.Json[0].GetProperty("run").GetString()!;
        mini.Unfinish(run, trial => trial.Phase is TrialPhase.WarmUp or TrialPhase.Search);
        var again = Movinet.Done(args);
        Assert.DoesNotContain("done already", again.Error);
        Assert.Equal(first.Output, again.Output);
        Assert.Equal(RunStatus.Completed, mini.Run(run).Status);
    }

    [Theory]
    [InlineData("\"30%\"", "\"130%\"", "130%")]
    [InlineData("\"30%\"", "\"median\"", "'median'")]
    [InlineData("\"30%\", 150000", "", "empty")]
    [InlineData("150000", "\"30%\"", "target twice")]
    [InlineData("\"other.json\"", "\"mini.json\"", "space twice")]
    [InlineData("other.json", "othr.json", "no such file")]
    [InlineData("\"targets\"", "\"target\"", "did you mean 'targets'")]
    [InlineData("search.tolerance", "search.tolerence", "tolerence")]
    [InlineData("150000", "1e17", "out of reach")]
    public void A_mistake_is_told_in_words_and_nothing_is_written(string part, string instead, string expected)
    {
        Assert.Contains(part, Sweep);
        using var mini = Mini(Sweep.Replace(part, instead, StringComparison.Ordinal));
        Assert.Contains(expected, Movinet.Refused("sweep", mini["sweep.json"], "--db", mini.Database, "--threads", "1", "--dry-run"));
        mini.AssertNothingWritten();
    }

    [Theory]
    [InlineData("sweep-small", 3, "tiny")]
    [InlineData("sweep-a0-a6", 14, "a6")]
    public void Committed_sweeps_say_what_they_will_do(string name, int searches, string space)
    {
        var dry = Movinet.Done("sweep", Path.Combine(Repository.Root, "experiments", name + ".json"), "--dry-run", "--json");
        JsonElement[] planned = [.. dry.Json.EnumerateArray()];
        Assert.Equal(searches, planned.Length);
        Assert.Contains(planned, search => search.GetProperty("space").GetString() == space);
        Assert.All(planned, search => Assert.True(search.GetProperty("stepMacs").GetDouble() > 0 && search.GetProperty("target").GetDouble() <= search.GetProperty("median").GetDouble() * 2));
    }

    private static MiniExperiment Mini(string sweep)
    {
        var mini = new MiniExperiment();
        File.WriteAllText(mini["other.json"], MiniExperiment.SpaceText.Replace("\"name\": \"mini\"", "\"name\": \"other\"").Replace("[1, 2], \"stem\"", "[1, 3], \"stem\""));
        File.WriteAllText(mini["sweep.json"], sweep);
        return mini;
    }
}
