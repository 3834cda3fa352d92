using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Tests;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunStore _store;

    public RunStoreTests()
    {
        _store = RunStore.Open(_folder["runs.db"]);
        _store.Put(Samples.RunRecord());
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    public static class AnyText
    {
        public static Arbitrary<string> Text() => Gen.OneOf(
            Gen.Elements("", " ", "\t a \n", "ä€𝄞", "null", "A", "a"),
            ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)).ToArbitrary();
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(AnyText)])]
    public void A_run_comes_back_as_it_was_stored(RunRecord run, DateTimeOffset? finished, ulong seed, RunFingerprints prints, string latency, int classes)
    {
        bool isKept = seed % 2 == 0; // records from before they were kept have none of them
        run = run with { FinishedUtc = finished, Seed = seed, MostProbableFeasible = null, Fingerprints = isKept ? prints : null, Latency = isKept ? latency : null, Classes = isKept ? classes : null };
        _store.Put(run);
        var stored = _store.Run(run.Name);
        Assert.Equal(run, stored);
        Assert.Equal(run.StartedUtc.Offset, stored.StartedUtc.Offset);
    }

    [Fact]
    public void A_run_is_added_with_all_its_trials_or_not_at_all()
    {
        Trial[] trials = [.. Samples.Trials(0, 50).Select(trial => trial with { Run = "guest" })];
        _store.Add(Samples.RunRecord("guest"), trials);
        Assert.Equal(trials, _store.Trials("guest"));
        Assert.Throws<ArgumentException>(() => _store.Add(Samples.RunRecord("guest"), []));
        Assert.Throws<ArgumentException>(() => _store.Add(Samples.RunRecord("other"), trials));

        // The same trial twice is refused by the file itself, in the middle of the transaction.
        Trial[] doubled = [.. trials.Append(trials[0]).Select(trial => trial with { Run = "doubled" })];
        Assert.ThrowsAny<Exception>(() => _store.Add(Samples.RunRecord("doubled"), doubled));
        _store.Dispose();
        using var again = RunStore.Open(_folder["runs.db"]);
        Assert.Equal(["guest", Samples.Run], again.Runs().Select(run => run.Name));
        Assert.Equal(trials, again.Trials("guest"));
        again.Add(Samples.RunRecord("doubled"), [.. trials.Select(trial => trial with { Run = "doubled" })]); // its number was not used up
        Assert.Equal(50, again.TrialCount("doubled"));
        Assert.Equal(0, again.TrialCount(Samples.Run));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(AnyText)])]
    public void A_model_comes_back_as_it_was_stored(ModelRecord model, bool hasRun)
    {
        model = model with { Run = hasRun ? model.Run : null };
        _store.Put(model);
        Assert.Equal(model, _store.Model(model.Name));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(AnyText)])]
    public void A_trial_comes_back_as_it_was_stored(Trial trial)
    {
        trial = trial with { Run = Samples.Run };
        _store.PutTrials([trial]);
        Assert.Contains(trial, _store.Trials(Samples.Run));
    }

    [Fact]
    public void Milliseconds_come_back_and_rows_from_before_there_were_any_have_none()
    {
        Trial without = Samples.Trial(1), with = Samples.Trial(2);
        with = with with { Cost = with.Cost with { LatencyMs = 0.1 + 0.2 } };
        _store.PutTrials([without, with]);
        Assert.Equal([without, with], _store.Trials(Samples.Run));
        _store.Dispose();

        // What is null is not written, so the first row is one of a file from before.
        using (var database = new LiteDB.LiteDatabase(_folder["runs.db"]))
        {
            var rows = database.GetCollection("trials").FindAll().ToList();
            Assert.Equal([false, true], rows.Select(row => row.ContainsKey("l")).Order());
        }

        using var store = RunStore.OpenReadOnly(_folder["runs.db"]);
        Assert.Equal([null, 0.1 + 0.2], store.Trials(Samples.Run).Select(trial => trial.Cost.LatencyMs));
    }

    [Property(MaxTest = 20)]
    public void Trials_come_in_order_once_each_however_often_they_are_put((TrialPhase Phase, int Step, int Candidate)[] keys)
    {
        string run = $"order {_store.Runs().Count}";
        _store.Put(Samples.RunRecord(run));
        Trial[] trials = [.. keys.Select(key => Samples.Trial(key.Step, key.Candidate, key.Phase, run))];
        _store.PutTrials(trials);
        _store.PutTrials([.. trials.Reverse()]);
        var expected = trials.Distinct().OrderBy(trial => trial.Phase).ThenBy(trial => trial.Step).ThenBy(trial => trial.Candidate);
        Assert.Equal(expected, _store.Trials(run));
        Assert.Equal(trials.Distinct().Count(), _store.TrialCount(run));
    }

    [Fact]
    public void More_trials_than_a_page_stream_while_the_store_is_written_to()
    {
        _store.PutTrials(Samples.Trials(0, 2500));
        int read = 0;
        foreach (var trial in _store.Trials(Samples.Run))
        {
            Assert.Equal(Samples.Trial(read++), trial);
            if (read % 500 == 0) _store.Put(Samples.Model($"model {read}"));
        }

        Assert.Equal(2500, read);
        Assert.Equal(5, _store.Models().Count);
    }

    [Fact]
    public void Runs_do_not_mix_and_names_differ_by_case()
    {
        _store.Put(Samples.RunRecord("QUICKSTART") with { Seed = 5 });
        _store.PutTrials([Samples.Trial(1), Samples.Trial(2, run: "QUICKSTART")]);
        Assert.Equal([Samples.Trial(1)], _store.Trials(Samples.Run));
        Assert.Equal([Samples.Trial(2, run: "QUICKSTART")], _store.Trials("QUICKSTART"));
        Assert.Equal(2, _store.Runs().Count);
    }

    [Fact]
    public void A_changed_trial_replaces_the_old_one_and_an_identical_one_writes_nothing()
    {
        _store.PutTrials(Samples.Trials(0, 300));
        long bytes = new FileInfo(_folder["runs-log.db"]).Length;
        _store.PutTrials(Samples.Trials(0, 300));
        Assert.Equal(bytes, new FileInfo(_folder["runs-log.db"]).Length);
        _store.PutTrials([Samples.Trial(7) with { Quality = 0.123 }]);
        Assert.Equal(0.123, _store.Trials(Samples.Run).ElementAt(7).Quality);
        Assert.Equal(300, _store.TrialCount(Samples.Run));
    }

    [Fact]
    public void A_batch_with_a_trial_of_an_unknown_run_is_refused_whole()
    {
        var fault = Assert.Throws<InputException>(() => _store.PutTrials([Samples.Trial(1), Samples.Trial(2, run: "quikstart")]));
        Assert.Contains("did you mean 'quickstart'?", fault.Message);
        Assert.Equal(0, _store.TrialCount(Samples.Run));
    }

    [Fact]
    public void A_missing_run_or_model_names_the_nearest()
    {
        _store.Put(Samples.Model("a0-stream"));
        Assert.Contains("did you mean 'quickstart'?", Assert.Throws<InputException>(() => _store.Run("quickstrt")).Message);
        Assert.Contains("did you mean 'a0-stream'?", Assert.Throws<InputException>(() => _store.Model("a0-strem")).Message);
        Assert.Throws<InputException>(() => _store.Trials("other"));
        Assert.Throws<InputException>(() => _store.TrialCount("other"));
    }

    [Fact]
    public void Everything_is_there_after_reopening()
    {
        _store.Put(Samples.RunRecord() with { Status = RunStatus.Completed, MostProbable = "", MostProbableFeasible = "0:1" });
        _store.PutTrials(Samples.Trials(0, 10));
        _store.Dispose();
        using var reopened = RunStore.Open(_folder["runs.db"]);
        Assert.Equal(Samples.RunRecord() with { Status = RunStatus.Completed, MostProbable = "", MostProbableFeasible = "0:1" }, reopened.Run(Samples.Run));
        Assert.Equal(Samples.Trials(0, 10), reopened.Trials(Samples.Run));
    }
}
