using System.Diagnostics;
using System.Text.Json;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Searches that train first and choose then, as the real program runs them.</summary>
[Collection(RunCollection.Name)]
public sealed class RivalSearchTests : IDisposable
{
    private const int Kills = 3, Steps = 12, Evaluations = 18;
    private readonly MiniExperiment _experiment = new();

    public static TheoryData<string, int> Algorithms => new() { { "spos", 2 }, { "fairnas", 3 }, { "sandwich", 3 } };

    public void Dispose() => _experiment.Dispose();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Killed_and_resumed_it_ends_with_the_same_bits_and_counts_its_clips(string algorithm, int paths)
    {
        string[] search = Search(algorithm, "--set", $"search.candidates={paths}");
        var time = Stopwatch.StartNew();
        var whole = Movinet.Done([.. search, "--name", "whole"]);
        time.Stop();
        var best = whole.Json;
        var trials = _experiment.Trials("whole");
        Assert.Equal((algorithm, trials.Count), (best.GetProperty("algorithm").GetString(), best.GetProperty("trials").GetInt32()));
        Assert.Equal((Evaluations, 2), (trials.Count(trial => trial.Phase == TrialPhase.Evolved), trials.Count(trial => trial.Phase == TrialPhase.Baseline)));
        Assert.Equal(Evaluations + 2, trials.Count);
        Assert.Equal(Steps * paths * 4, best.GetProperty("trainedClips").GetInt64()); // batches of 4
        Assert.Equal((Evaluations + 2) * 20, best.GetProperty("scoredClips").GetInt64()); // the whole split of 20
        Assert.False(best.TryGetProperty("mostProbable", out _));
        Assert.InRange(best.GetProperty("feasible").GetProperty("costRatio").GetDouble(), 0.6, 1.4);
        Assert.Equal(trials.Where(trial => trial.Phase == TrialPhase.Evolved).Max(trial => trial.Quality), best.GetProperty("feasible").GetProperty("quality").GetDouble());
        string folder = Path.Combine(_experiment.Results, "whole");
        Assert.Equal(Steps + 1, File.ReadAllLines(Path.Combine(folder, "training.csv")).Length);
        Assert.All(new[] { "front.csv", "pareto.svg", "README.md" }, file => Assert.True(File.Exists(Path.Combine(folder, file))));
        Assert.False(File.Exists(Path.Combine(folder, "controller.csv")));

        var random = new RandomStream(7).Derive(algorithm);
        for (int kills = 0; kills < Kills;)
        {
            string name = $"killed-{kills}";
            while (true)
            {
                bool isStarted = HasRun(name);
                using var child = new ChildMovinet(isStarted ? ["search", "--resume", name, "--db", _experiment.Database, "--json"] : [.. search, "--name", name]);
                if (kills < Kills && child.KillAfter(TimeSpan.FromSeconds(0.4 + time.Elapsed.TotalSeconds * random.Uniform(0.2, 1.2))))
                {
                    kills++;
                    continue;
                }

                var end = child.End();
                Assert.True(end.ExitCode == ExitCode.Done, $"exit {end.ExitCode}: {end.Error}");
                break;
            }

            Assert.Equal(Fingerprints(whole), Fingerprints(JsonDocument.Parse(File.ReadAllText(Path.Combine(_experiment.Results, name, "best.json"))).RootElement));
            Assert.Equal(trials.Select(trial => trial with { Run = name }), _experiment.Trials(name));
            Assert.Equal(File.ReadAllLines(Path.Combine(folder, "training.csv")), File.ReadAllLines(Path.Combine(_experiment.Results, name, "training.csv")));
        }
    }

    [Fact]
    public void A_run_killed_in_its_evolution_goes_on_from_the_list_of_scores()
    {
        string[] search = Search("spos");
        var whole = Movinet.Done([.. search, "--name", "whole"]);
        var before = _experiment.Trials("whole");
        foreach (int stored in new[] { 0, 5, Evaluations, Evaluations + 1 })
        {
            using var killed = _experiment.Copy();
            killed.Unfinish("whole", trial => (trial.Phase == TrialPhase.Baseline ? Evaluations : 0) + trial.Step < stored);
            Assert.Equal(Fingerprints(whole), Fingerprints(Movinet.Done("search", "--resume", "whole", "--db", killed.Database, "--json").Json));
            Assert.Equal(before, killed.Trials("whole"));
        }
    }

    [Fact]
    public void Several_targets_and_calibrated_norms_are_in_the_summary()
    {
        long median = (long)Movinet.Done(Search("spos", "--name", "one")).Json.GetProperty("target").GetDouble();
        var best = Movinet.Done(Search("spos", "--name", "two", "--set", $"search.targets=[{median}, {median * 3 / 2}]", "--set", "supernet.norms=calibrated")).Json;
        var targets = best.GetProperty("targets").EnumerateArray().ToArray();
        Assert.Equal([median, median * 3 / 2], targets.Select(target => target.GetProperty("target").GetInt64()));
        Assert.All(targets, target => Assert.InRange(target.GetProperty("best").GetProperty("costRatio").GetDouble(), 0.6, 1.4));
        Assert.All(targets, target => Assert.Equal(Evaluations, target.GetProperty("evaluations").GetInt32()));
        Assert.Equal(2 * (Evaluations + 2) * 32, best.GetProperty("calibrationClips").GetInt64()); // all 32 training clips for each
        Assert.Equal(2 * Evaluations, _experiment.Trials("two").Count(trial => trial.Phase == TrialPhase.Evolved));
        string readMe = File.ReadAllText(Path.Combine(_experiment.Results, "two", "README.md"));
        Assert.Equal(2, readMe.Split("| best at ").Length - 1);
        Assert.Contains("best at", Movinet.Done([.. Search("spos", "--name", "three", "--set", $"search.targets=[{median}, {median * 3 / 2}]").Where(word => word != "--json")]).Output);
    }

    private string[] Search(string algorithm, params string[] more) => _experiment.Search(
    [
        "--algorithm", algorithm, "--set", $"search.steps={Steps}", "--set", "search.evolution.population=6", "--set", "search.evolution.generations=3", "--json", .. more,
    ]);

    private bool HasRun(string name)
    {
        using var store = Store.RunStore.OpenReadOnly(_experiment.Database);
        return store.Runs().Any(run => run.Name == name);
    }

    private static string Fingerprints(Movinet run) => Fingerprints(run.Json);

    private static string Fingerprints(JsonElement best) => JsonSerializer.Serialize(best.GetProperty("fingerprints"));
}
