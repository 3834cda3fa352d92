using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class SearchVerbTests(FinishedRun finished)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Fact]
    public void A_search_leaves_every_file_whole_and_nothing_else()
    {
        string[] files =
        [
            "README.md", "alternatives.csv", "best.json", "checkpoint.safetensors", "config.json", "controller.csv",
            "curves.csv", "curves.pdf", "curves.png", "curves.svg", "front.csv", "log.jsonl", "logits.csv", "machine.json", "pareto.csv", "pareto.pdf", "pareto.png",
            "pareto.svg", "space.json",
        ];
        Assert.Equal(files, Directory.GetFiles(finished.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string At(string name) => Path.Combine(finished.Folder, name);
        string readMe = File.ReadAllText(At("README.md"));
        Assert.All(files[1..], name => Assert.Contains(Path.GetFileNameWithoutExtension(name), readMe));

        var experiment = Experiment.Load(At("config.json"));
        Assert.Equal(Experiment.Load(finished.Experiment.File).ToJson("x"), experiment.ToJson("x"));
        Assert.Equal(MiniExperiment.SpaceText, File.ReadAllText(At("space.json")));
        Assert.Equal(1, JsonDocument.Parse(File.ReadAllText(At("machine.json"))).RootElement.GetProperty("threads").GetInt32());
        foreach (string picture in new[] { "pareto", "curves" })
        {
            Assert.Equal("svg", XDocument.Load(At($"{picture}.svg")).Root!.Name.LocalName);
            Assert.Equal(PngSignature, File.ReadAllBytes(At($"{picture}.png"))[..4]);
        }

        string[] rows = File.ReadAllLines(At("controller.csv"));
        Assert.Equal(1 + MiniExperiment.Steps, rows.Length);
        Assert.Contains("entropy:block3/layer2/kernel", rows[0]);
        Assert.Equal(Enumerable.Range(0, MiniExperiment.Steps), rows[1..].Select(row => int.Parse(row.Split(',')[0])));
        Assert.Equal(
            ["started", "completed"],
            File.ReadAllLines(At("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
        var (tensors, metadata) = SafetensorsFile.Read(At("checkpoint.safetensors"));
        Assert.Equal(MiniExperiment.Steps, SearchState.FromJson(metadata["search"]).NextStep);
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    [Fact]
    public void The_result_holds_numbers_that_can_be_true()
    {
        var best = JsonDocument.Parse(File.ReadAllText(Path.Combine(finished.Folder, "best.json"))).RootElement;
        foreach (string name in new[] { "run", "algorithm", "fingerprints", "trials", "target" })
            Assert.Equal(best.GetProperty(name).ToString(), finished.Best.GetProperty(name).ToString());
        foreach (string pick in new[] { "mostProbable", "feasible", "bestRescored" })
        {
            var chosen = best.GetProperty(pick);
            Assert.InRange(chosen.GetProperty("quality").GetDouble(), 0, 1);
            Assert.Equal(chosen.GetProperty("quality").GetDouble() * 20, Math.Round(chosen.GetProperty("quality").GetDouble() * 20), 1e-9); // of 20 clips
            Assert.Equal(chosen.GetProperty("cost").GetDouble() / best.GetProperty("target").GetDouble(), chosen.GetProperty("costRatio").GetDouble(), 1e-9);
            var cost = Movinet.Done("cost", "--space", finished.Experiment.Space, "--genotype", chosen.GetProperty("genotype").GetString()!, "--variant", "causal", "--classes", "8", "--json").Json;
            Assert.Equal(cost.GetProperty("macs").GetInt64(), chosen.GetProperty("cost").GetInt64());
            Assert.Equal(cost.GetProperty("trainableParameters").GetInt64(), chosen.GetProperty("parameters").GetInt64());
        }

        Assert.InRange(best.GetProperty("feasible").GetProperty("costRatio").GetDouble(), 0.6, 1.4);
        Assert.Equal(2, best.GetProperty("randomFeasible").GetProperty("architectures").GetInt32());
        var entropy = best.GetProperty("entropy");
        Assert.InRange(entropy.GetProperty("final").GetDouble(), 0, entropy.GetProperty("initial").GetDouble());
        Assert.Equal(finished.Experiment.Trials(FinishedRun.Name).Count, best.GetProperty("trials").GetInt32());
        Assert.Equal(RunStatus.Completed, finished.Experiment.Run(FinishedRun.Name).Status);
    }

    [Fact]
    public void Every_candidate_of_every_step_is_a_trial_and_the_front_is_measured_on_the_whole_split()
    {
        var trials = finished.Experiment.Trials(FinishedRun.Name);
        Assert.Equal(
            Enumerable.Range(0, MiniExperiment.Steps).SelectMany(step => new[] { (step, 0), (step, 1) }),
            trials.Where(trial => trial.Phase is TrialPhase.WarmUp or TrialPhase.Search).Select(trial => (trial.Step, trial.Candidate)).Order());
        string[] lines = File.ReadAllLines(Path.Combine(finished.Folder, "front.csv"));
        string[] header = lines[0].Split(',');
        int top1 = Array.IndexOf(header, "top1"), clips = Array.IndexOf(header, "clips"), macs = Array.IndexOf(header, "macs");
        double[][] rows = [.. lines[1..].Select(line => line.Split(',')).Select(cells => new[] { top1, clips, macs }.Select(i => double.Parse(cells[i], CultureInfo.InvariantCulture)).ToArray())];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(20, row[1]));
        Assert.Equal(rows.Select(row => row[2]).Order(), rows.Select(row => row[2]));
        Assert.Equal(rows.Select(row => row[0]).Order(), rows.Select(row => row[0])); // dearer members are better
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_one_others()
    {
        using var again = new MiniExperiment();
        Assert.Equal(finished.Fingerprints, Fingerprints(Movinet.Done(again.Search("--json"))));
        var other = JsonDocument.Parse(Fingerprints(Movinet.Done(again.Search("--json", "--seed", "2")))).RootElement;
        Assert.All(other.EnumerateObject(), print => Assert.NotEqual(finished.Best.GetProperty("fingerprints").GetProperty(print.Name).GetString(), print.Value.GetString()));
    }

    [Fact]
    public void Random_search_has_the_same_budget_and_no_policy()
    {
        using var experiment = new MiniExperiment();
        var random = Movinet.Done(experiment.Search("--algorithm", "random", "--json")).Json;
        Assert.Equal(("mini-random-1", "random"), (random.GetProperty("run").GetString(), random.GetProperty("algorithm").GetString()));
        Assert.False(random.TryGetProperty("mostProbable", out _));
        Assert.InRange(random.GetProperty("feasible").GetProperty("costRatio").GetDouble(), 0.6, 1.4);
        Assert.Equal(random.GetProperty("entropy").GetProperty("initial").GetDouble(), random.GetProperty("entropy").GetProperty("final").GetDouble());
        Assert.Equal(2 * MiniExperiment.Steps, experiment.Trials("mini-random-1").Count(trial => trial.Phase is TrialPhase.WarmUp or TrialPhase.Search));
    }

    [Fact]
    public void Progress_goes_to_stderr_and_the_result_to_stdout()
    {
        Assert.Contains($"step {MiniExperiment.Steps}/{MiniExperiment.Steps}", finished.Search.Error);
        Assert.StartsWith("{", finished.Search.Output);
        Assert.DoesNotContain("\u001b", finished.Search.Error);
    }

    /// <summary>Killed while the members of the front are scored, or when all were and the record did not say so yet: each keeps its number.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_search_killed_while_its_front_is_scored_ends_with_the_same_trials(int stored)
    {
        using var killed = finished.Experiment.Copy();
        var before = killed.Trials(FinishedRun.Name);
        int first = before.Count(trial => trial.Phase == TrialPhase.Rescored && trial.Candidate > 0) + 1; // of the candidates, one is number 0
        int ofFront = before.Count(trial => trial.Phase == TrialPhase.Rescored && trial.Step >= first);
        Assert.True(ofFront >= 2, $"this seed's front has {ofFront} members that were only scored in a step");
        killed.Unfinish(FinishedRun.Name, trial => trial.Phase != TrialPhase.Rescored || trial.Step < first + stored);
        var resumed = Movinet.Done("search", "--resume", FinishedRun.Name, "--db", killed.Database, "--json");
        Assert.Equal(finished.Fingerprints, Fingerprints(resumed));
        Assert.Equal(before, killed.Trials(FinishedRun.Name));
        Assert.Contains("there is nothing to resume", Movinet.Refused("search", "--resume", FinishedRun.Name, "--db", killed.Database));
    }

    [Fact]
    public void A_search_killed_before_its_results_were_written_writes_them()
    {
        using var killed = finished.Experiment.Copy();
        killed.Unfinish(FinishedRun.Name);
        string folder = Path.Combine(killed.Results, FinishedRun.Name);
        foreach (string file in new[] { "best.json", "front.csv", "pareto.svg", "README.md" }) File.Delete(Path.Combine(folder, file));
        Movinet.Done("search", "--resume", FinishedRun.Name, "--db", killed.Database);
        string best = File.ReadAllText(Path.Combine(folder, "best.json"));
        Assert.Equal(Compact(finished.Fingerprints), Compact(JsonDocument.Parse(best).RootElement.GetProperty("fingerprints").GetRawText()));
        Assert.Equal(1 + MiniExperiment.Steps, File.ReadAllLines(Path.Combine(folder, "controller.csv")).Length);
    }

    private static string Fingerprints(Movinet run) => run.Json.GetProperty("fingerprints").GetRawText();

    private static string Compact(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));
}
