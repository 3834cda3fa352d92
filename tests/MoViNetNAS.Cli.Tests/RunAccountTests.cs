using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class RunAccountTests(FinishedRun finished)
{
    [Fact]
    public void A_run_is_accounted_for_from_its_record_trials_and_log()
    {
        var shown = Movinet.Done("runs", "show", FinishedRun.Name, "--db", finished.Experiment.Database, "--json").Json;
        var record = finished.Experiment.Run(FinishedRun.Name);
        var trials = finished.Experiment.Trials(FinishedRun.Name);
        Assert.Equal((record.SpaceHash, record.SplitHash, record.Versions, record.Machine), (Text("spaceHash"), Text("splitHash"), Text("versions"), Text("machine")));
        Assert.Equal(finished.Best.GetProperty("fingerprints").ToString(), shown.GetProperty("fingerprints").ToString());
        Assert.Equal(trials.Count, shown.GetProperty("trials").GetInt32());
        Assert.Equal(MiniExperiment.Steps * 2 * 4, shown.GetProperty("trainedClips").GetInt64()); // steps, candidates, batch
        Assert.Equal(trials.Sum(trial => trial.QualityClips), shown.GetProperty("scoredClips").GetInt64());
        Assert.InRange(shown.GetProperty("seconds").GetDouble(), 0.001, (record.FinishedUtc!.Value - record.StartedUtc).TotalSeconds + 1);
        Assert.Equal((1, true), (shown.GetProperty("sittings").GetInt32(), shown.GetProperty("isTimeWhole").GetBoolean()));
        Assert.Equal(FinishedRun.ModelName, shown.GetProperty("models")[0].GetProperty("name").GetString());

        string text = Movinet.Done("runs", "show", FinishedRun.Name, "--db", finished.Experiment.Database).Output;
        foreach (string part in new[] { record.Command, record.SplitHash, record.Fingerprints!.Weights, FinishedRun.ModelName, "clips trained on" }) Assert.Contains(part, text);
        Assert.Contains("did you mean 'mini-1'", Movinet.Refused("runs", "show", "mini-7", "--db", finished.Experiment.Database));

        string? Text(string name) => shown.GetProperty(name).GetString();
    }

    [Fact]
    public void A_run_of_another_algorithm_or_without_a_log_says_what_it_knows()
    {
        using var copy = finished.Experiment.Copy();
        using (var store = RunStore.Open(copy.Database)) store.Add(finished.Experiment.Run(FinishedRun.Name) with { Name = "odd", Algorithm = "other", Fingerprints = null }, []);
        var shown = Movinet.Done("runs", "show", "odd", "--db", copy.Database, "--json").Json;
        Assert.All(new[] { "trainedClips", "seconds", "fingerprints" }, name => Assert.False(shown.TryGetProperty(name, out _)));
        Assert.Contains("its log is gone", Movinet.Done("runs", "show", "odd", "--db", copy.Database).Output);
    }

    [Fact]
    public void Time_is_the_sum_of_the_sittings_and_says_when_one_has_no_end()
    {
        string log = Path.GetTempFileName();
        void Write(params string[] lines) => File.WriteAllLines(log, lines);
        string Line(int second, string what) => $$"""{"time":"2026-05-04T03:02:{{second:00}}.0000000+00:00","event":"{{what}}","details":null}""";
        Write(Line(0, "started"), Line(5, "interrupted"), Line(20, "resumed"), Line(27, "completed"), Line(30, "imported"));
        Assert.Equal(new RunTime(12, 2, true), RunTime.Of(log));
        Write(Line(0, "started"), Line(20, "resumed"), Line(27, "completed"));
        Assert.Equal(new RunTime(7, 2, false), RunTime.Of(log));
        Write(Line(0, "started"), "{\"time\":");
        Assert.Equal(new RunTime(0, 1, false), RunTime.Of(log));
        Write("");
        Assert.Null(RunTime.Of(log));
        File.Delete(log);
        Assert.Null(RunTime.Of(log));
    }
}
