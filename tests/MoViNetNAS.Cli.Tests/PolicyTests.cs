using System.Globalization;
using System.Text.Json;
using MoViNetNAS.Search;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tests;

/// <summary>What a search run says of its policy, its betas and its costs.</summary>
[Collection(RunCollection.Name)]
public sealed class PolicyTests(FinishedRun finished)
{
    [Fact]
    public void Logits_are_kept_at_every_checkpoint_and_end_where_the_run_does()
    {
        string[][] rows = [.. File.ReadAllLines(Path.Combine(finished.Folder, "logits.csv")).Select(line => line.Split(','))];
        Assert.Equal(["step", "2", "4", "6"], rows.Select(row => row[0]));
        Assert.Contains("block3/layer2/kernel=5x1x1", rows[0]);
        Assert.All(rows[1..], row => Assert.Equal(rows[0].Length, row.Length));
        var (tensors, metadata) = Models.SafetensorsFile.Read(Path.Combine(finished.Folder, "checkpoint.safetensors"));
        foreach (var tensor in tensors.Values) tensor.Dispose();
        double[] last = [.. SearchState.FromJson(metadata["search"]).Controller.Logits.Where(logits => logits.Length > 1).SelectMany(logits => logits)];
        for (int i = 0; i < last.Length; i++) Assert.Equal(last[i], double.Parse(rows[^1][i + 1], CultureInfo.InvariantCulture), 1e-4);
    }

    [Fact]
    public void Every_alternative_costs_what_the_cost_verb_says()
    {
        var space = Experiment.Load(finished.Experiment.File).RequireSpace();
        var chosen = space.Parse(finished.Best.GetProperty("feasible").GetProperty("genotype").GetString()!);
        var all = Movinet.Done("runs", "result", FinishedRun.Name, "--alternatives", "--db", finished.Experiment.Database, "--json").Json.EnumerateArray().ToArray();
        foreach (var decision in all.GroupBy(of => of.GetProperty("path").GetString()))
        {
            Assert.Equal(1, decision.Sum(of => of.GetProperty("probability").GetDouble()), 1e-9);
            var same = Assert.Single(decision, of => of.GetProperty("isChosen").GetBoolean());
            Assert.Equal(finished.Best.GetProperty("feasible").GetProperty("cost").GetInt64(), same.GetProperty("cost").GetProperty("macs").GetInt64());
            int d = space.Decisions.Select((of, i) => (of.Path, i)).First(pair => pair.Path == decision.Key).i;
            if (space.Decisions[d].Tag == Spaces.DecisionTag.Depth) continue; // deeper layers get the policy's favourites
            foreach (var other in decision)
            {
                int[] choices = [.. chosen.Choices];
                choices[d] = space.Decisions[d].Labels.IndexOf(other.GetProperty("option").GetString()!);
                var cost = Movinet.Done(
                    "cost", "--space", finished.Experiment.Space, "--genotype", space.Genotype(choices).ToString(), "--variant", "causal", "--classes", "8", "--json").Json;
                foreach (string name in new[] { "macs", "macsPerFrame", "trainableParameters", "streamStateBytes" })
                    Assert.Equal(cost.GetProperty(name).GetInt64(), other.GetProperty("cost").GetProperty(name).GetInt64());
            }
        }

        string text = Movinet.Done("runs", "result", FinishedRun.Name, "--alternatives", "--db", finished.Experiment.Database).Output;
        Assert.Contains("peakActivationBytes", text);
        Assert.Contains(" *", text);
    }

    [Fact]
    public void A_run_is_shown_as_it_was_printed_when_it_ended()
    {
        var shown = Movinet.Done("runs", "result", FinishedRun.Name, "--db", finished.Experiment.Database, "--json").Json;
        Assert.Equal(finished.Best.GetRawText(), shown.GetRawText());
        string text = Movinet.Done("runs", "result", FinishedRun.Name, "--db", finished.Experiment.Database).Output;
        Assert.Contains("best re-scored on target", text);
        Assert.Contains("decisions are still undecided", text); // six steps decide nothing
        Assert.Contains("did you mean 'mini-1'?", Movinet.Refused("runs", "result", "mini-11", "--db", finished.Experiment.Database));
    }

    [Fact]
    public void The_result_is_held_against_chance_in_a_line()
    {
        var chance = finished.Best.GetProperty("chance");
        double found = finished.Best.GetProperty("feasible").GetProperty("quality").GetDouble();
        double[] random = [.. finished.Experiment.Trials(FinishedRun.Name).Where(trial => trial.Phase == TrialPhase.Baseline).Select(trial => trial.Quality)];
        Assert.Equal(2, random.Length);
        Assert.Equal((1.0 + random.Count(quality => quality >= found)) / 3, chance.GetProperty("pValue").GetDouble(), 1e-12);
        Assert.Equal(found, chance.GetProperty("found").GetDouble());
        Assert.False(chance.GetProperty("beatsRandom").GetBoolean());
        string line = File.ReadLines(Path.Combine(finished.Folder, "README.md")).Single(l => l.StartsWith("found ", StringComparison.Ordinal));
        Assert.Contains("NOT shown to be better than random; fewer than 19 random architectures", line);
    }

    [Fact]
    public void Controller_rates_are_told_beside_the_published_ones()
    {
        var rate = finished.Best.GetProperty("controllerRate");
        Assert.Equal(0.1, rate.GetProperty("base").GetDouble());
        Assert.Equal(0.1 * 5, rate.GetProperty("budget").GetDouble(), 1e-12);
        Assert.Equal(Enumerable.Range(0, 5).Sum(i => 0.1 * Math.Pow(10, i / 5.0)), rate.GetProperty("sum").GetDouble(), 1e-12);
        Assert.Equal((97.4, 380.6), (rate.GetProperty("publishedBudget").GetDouble(), rate.GetProperty("publishedSum").GetDouble()));
        Assert.Equal(4, rate.GetProperty("relativeNoise").GetDouble());
        Assert.Contains("controller rate 0.1 from step 1", finished.Search.Error);
        var started = JsonDocument.Parse(File.ReadLines(Path.Combine(finished.Folder, "log.jsonl")).First()).RootElement;
        Assert.Equal(rate.GetProperty("sum").GetDouble(), started.GetProperty("details").GetProperty("controllerRate").GetProperty("sum").GetDouble());
    }

    [Fact]
    public void Beta_auto_is_advised_on_and_stored_with_several_costs()
    {
        using var experiment = new MiniExperiment();
        string file = experiment.With("\"steps\": 6, \"candidates\": 2", "\"steps\": 44, \"candidates\": 2, \"beta\": \"auto\", \"costs\": [{ \"objective\": \"parameters\" }], \"limits\": { \"streamStateBytes\": 100000 }");
        var run = Movinet.Done("search", file, "--db", experiment.Database, "--threads", "1", "--json");
        var terms = run.Json.GetProperty("terms").EnumerateArray().ToArray();
        Assert.Equal(["macs", "parameters"], terms.Select(term => term.GetProperty("objective").GetString()));
        Assert.All(terms, term => Assert.True(term.GetProperty("beta").GetDouble() < 0));
        Assert.All(terms, term => Assert.InRange(term.GetProperty("advice").GetProperty("architectures").GetInt32(), 20, 22));
        Assert.All(terms, term => Assert.Contains(term.GetProperty("advice").GetProperty("words").GetString()!, run.Error));
        Assert.Equal(100_000, run.Json.GetProperty("limits").GetProperty("streamStateBytes").GetDouble());
        var feasible = run.Json.GetProperty("feasible");
        Assert.InRange(feasible.GetProperty("further").GetProperty("parameters").GetDouble() / terms[1].GetProperty("target").GetDouble(), 0.6, 1.4);
        Assert.True(feasible.GetProperty("further").GetProperty("streamStateBytes").GetDouble() <= 100_000);
        string folder = Path.Combine(experiment.Results, "mini-1");
        Assert.Contains(File.ReadLines(Path.Combine(folder, "log.jsonl")), line => line.Contains("betaAdvice", StringComparison.Ordinal));
        string text = Movinet.Done("runs", "result", "mini-1", "--db", experiment.Database).Output;
        Assert.Contains("at most 100.0 k streamStateBytes", text);
        Assert.Contains("beta auto is", text);
        // What was saved is the question, not the answer: run again, it asks again.
        Assert.Contains("\"beta\": \"auto\"", File.ReadAllText(Path.Combine(folder, "config.json")));
    }

    [Fact]
    public void A_rejecting_search_goes_on_bit_for_bit_after_it_was_stopped()
    {
        using var experiment = new MiniExperiment();
        string file = experiment.With("\"steps\": 6,", "\"steps\": 24, \"rejection\": true, \"rejectionSamples\": 100,");
        string[] Search(string name) => ["search", file, "--db", experiment.Database, "--threads", "1", "--name", name, "--json"];
        var whole = Movinet.Done(Search("whole"));
        Assert.Contains("feasible draws", whole.Error);
        Assert.All(
            experiment.Trials("whole").Where(trial => trial.Phase == TrialPhase.Search && trial.Step >= 6), // warm-up is over
            trial => Assert.InRange(trial.Cost.Macs / whole.Json.GetProperty("target").GetDouble(), 0.6, 1.4));
        using var child = new ChildMovinet(Search("stopped"));
        child.WaitForFirstLine();
        child.PressCtrlC();
        var stopped = child.End();
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        var resumed = Movinet.Done("search", "--resume", "stopped", "--db", experiment.Database, "--json");
        Assert.Equal(whole.Json.GetProperty("fingerprints").GetRawText(), resumed.Json.GetProperty("fingerprints").GetRawText());
        foreach (string name in new[] { "logits.csv", "alternatives.csv" })
            Assert.Equal(File.ReadAllText(Path.Combine(experiment.Results, "whole", name)), File.ReadAllText(Path.Combine(experiment.Results, "stopped", name)));
    }

    [Fact]
    public void A_bound_that_nothing_meets_is_named_before_anything_is_written()
    {
        using var experiment = new MiniExperiment();
        string file = experiment.With("\"steps\": 6,", "\"steps\": 6, \"limits\": { \"parameters\": 10 },");
        Assert.Contains("is within the limit of 10 parameters", Movinet.Refused("search", file, "--db", experiment.Database));
        experiment.AssertNothingWritten();
    }
}
