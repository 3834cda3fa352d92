using System.Text.Json;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class RerunVerbTests(FinishedRun finished)
{
    [Fact]
    public void A_run_without_its_files_is_repeated_bit_for_bit_from_the_store_alone()
    {
        using var copy = finished.Experiment.Copy();
        Directory.Delete(Path.Combine(copy.Results, FinishedRun.Name), recursive: true);
        File.Delete(copy.File);
        File.Delete(copy.Space);
        var (record, trials) = (copy.Run(FinishedRun.Name), copy.Trials(FinishedRun.Name));
        var result = Movinet.Done("rerun", FinishedRun.Name, "--db", copy.Database, "--json").Json;
        Assert.Equal(("mini-1", "mini-1-rerun-1"), (result.GetProperty("original").GetString(), result.GetProperty("rerun").GetString()));
        Assert.All(new[] { "trials", "logits", "weights" }, part => Assert.Equal("same", result.GetProperty(part).GetString()));
        Assert.True(result.GetProperty("isSame").GetBoolean());
        Assert.Empty(result.GetProperty("circumstances").EnumerateArray());

        string best = File.ReadAllText(Path.Combine(copy.Results, "mini-1-rerun-1", "best.json"));
        Assert.Equal(Compact(finished.Fingerprints), Compact(JsonDocument.Parse(best).RootElement.GetProperty("fingerprints").GetRawText()));
        Assert.Equal(trials, copy.Trials("mini-1-rerun-1").Select(trial => trial with { Run = FinishedRun.Name }));
        Assert.Equal(record, copy.Run(FinishedRun.Name)); // the original stays as it was
        Assert.Equal(trials, copy.Trials(FinishedRun.Name));
        Assert.False(Directory.Exists(Path.Combine(copy.Results, FinishedRun.Name)));

        // Asked again with the same repetition it only compares.
        string again = Movinet.Done("rerun", FinishedRun.Name, "--resume", "mini-1-rerun-1", "--db", copy.Database).Output;
        Assert.Contains("'mini-1-rerun-1' repeats 'mini-1': same trials, logits and weights.", again);
        Assert.Equal(2, Movinet.Done("runs", "--db", copy.Database, "--json").Json.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public void A_repetition_that_was_stopped_goes_on_and_is_compared()
    {
        using var copy = finished.Experiment.Copy();
        Movinet.Done("rerun", FinishedRun.Name, "--name", "again", "--db", copy.Database);
        var (original, originalTrials) = (copy.Run(FinishedRun.Name), copy.Trials(FinishedRun.Name));
        copy.Unfinish("again", trial => trial.Phase is TrialPhase.WarmUp or TrialPhase.Search);
        using (var store = RunStore.Open(copy.Database)) store.Add(original, originalTrials);
        var result = Movinet.Done("rerun", FinishedRun.Name, "--resume", "again", "--db", copy.Database, "--json").Json;
        Assert.True(result.GetProperty("isSame").GetBoolean());
        Assert.Equal(RunStatus.Completed, copy.Run("again").Status);
    }

    [Fact]
    public void A_difference_that_nothing_explains_is_a_failure_and_one_that_something_explains_is_not()
    {
        using var copy = finished.Experiment.Copy();
        var (record, trials) = (copy.Run(FinishedRun.Name), copy.Trials(FinishedRun.Name));
        int last = trials.Count - 1;
        var changed = trials[last] with { Quality = trials[last].Quality / 2, Run = "other" };
        Store(record with { Name = "other", Fingerprints = record.Fingerprints! with { Weights = "00" } }, [.. trials[..last].Select(trial => trial with { Run = "other" }), changed]);
        var failed = Movinet.Run("rerun", FinishedRun.Name, "--resume", "other", "--db", copy.Database);
        Assert.Equal(ExitCode.Failed, failed.ExitCode);
        Assert.Contains("first difference: trial", failed.Output);
        Assert.Contains($"quality {changed.Quality:R}", failed.Output);
        Assert.Contains("a fault of the program or the machine", failed.Output);

        Store(record with { Name = "elsewhere", Machine = "cpu, 64 threads, Another, Linux", SplitHash = "other" }, [.. trials[..last].Select(trial => trial with { Run = "elsewhere" })]);
        var explained = Movinet.Done("rerun", FinishedRun.Name, "--resume", "elsewhere", "--db", copy.Database, "--json").Json;
        Assert.False(explained.GetProperty("isSame").GetBoolean());
        Assert.Equal(("different", "same", "same"), (Part(explained, "trials"), Part(explained, "logits"), Part(explained, "weights")));
        Assert.EndsWith("is missing", Part(explained, "firstDifference"));
        string[] circumstances = [.. explained.GetProperty("circumstances").EnumerateArray().Select(text => text.GetString()!)];
        Assert.Equal(2, circumstances.Length);
        Assert.StartsWith("the data", circumstances[0]);
        Assert.Contains("64 threads", circumstances[1]);

        Store(record with { Name = "old", Fingerprints = null }, [.. trials.Select(trial => trial with { Run = "old" })]);
        Assert.Contains("as far as it is known", Movinet.Done("rerun", FinishedRun.Name, "--resume", "old", "--db", copy.Database).Output);

        void Store(RunRecord run, List<Trial> all)
        {
            using var store = RunStore.Open(copy.Database);
            store.Add(run, all);
        }
    }

    [Fact]
    public void What_cannot_be_repeated_is_refused()
    {
        using var copy = finished.Experiment.Copy();
        Assert.Contains("did you mean 'mini-1'", Movinet.Refused("rerun", "mini-2", "--db", copy.Database));
        Assert.Contains("there is no file", Movinet.Refused("rerun", "none.zip", "--db", copy.Database));
        Assert.Contains("do not go together", Movinet.Refused("rerun", FinishedRun.Name, "--resume", "x", "--threads", "2", "--db", copy.Database));
        Assert.Contains("already", Movinet.Refused("rerun", FinishedRun.Name, "--name", FinishedRun.Name, "--db", copy.Database));
        var record = copy.Run(FinishedRun.Name);
        using (var store = RunStore.Open(copy.Database))
        {
            store.Add(record with { Name = "seed", Seed = 2 }, []);
            store.Add(record with { Name = "steps", Configuration = record.Configuration.Replace("\"steps\": 6", "\"steps\": 7", StringComparison.Ordinal) }, []);
            store.Add(record with { Name = "going", Status = RunStatus.Running }, []);
            store.Add(record with { Name = "odd", Machine = "abacus" }, []);
        }

        foreach (string other in new[] { "seed", "steps" })
            Assert.Contains("does not repeat", Movinet.Refused("rerun", FinishedRun.Name, "--resume", other, "--db", copy.Database));
        Assert.Contains("has not ended", Movinet.Refused("rerun", "going", "--db", copy.Database));
        Assert.Contains("names no device", Movinet.Refused("rerun", "odd", "--db", copy.Database));
    }

    [Fact]
    public void The_machine_of_a_record_is_read_back()
    {
        var here = RunMachine.Here("cpu", 3);
        var record = finished.Experiment.Run(FinishedRun.Name) with { Machine = here.Text, Command = here.Command, Versions = here.Versions };
        Assert.Equal(here, RunMachine.Of(record));
    }

    private static string? Part(JsonElement result, string name) => result.GetProperty(name).GetString();

    private static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);
}
