using System.Diagnostics;
using System.Text.Json;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests;

/// <summary>The real program, killed and stopped from outside: it goes on as if it had never been.</summary>
[Collection(RunCollection.Name)]
public sealed class ResumeTests(FinishedRun finished, ResumeTests.WholeRun whole) : IClassFixture<ResumeTests.WholeRun>, IDisposable
{
    private const int Kills = 10;

    // Long enough that kills fall into the steps too, not only into the start and the end.
    private static readonly string[] Longer = ["--set", "search.steps=24", "--json"];
    private readonly MiniExperiment _experiment = new();

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void Killed_at_ten_moments_and_resumed_it_ends_with_the_same_bits_and_no_stored_trial_is_lost()
    {
        long began = Stopwatch.GetTimestamp();
        using (var child = new ChildMovinet(_experiment.Search([.. Longer, "--name", "alone"])))
            Assert.Equal(whole.Fingerprints, Fingerprints(child.End())); // another process, the same bits
        var time = Stopwatch.GetElapsedTime(began);

        var random = new RandomStream(11);
        int kills = 0;
        for (int n = 0; kills < Kills; n++)
        {
            string name = $"killed-{n}";
            var stored = new Dictionary<(TrialPhase, int, int), Trial>();
            while (true)
            {
                bool isStarted = HasRun(name);
                string[] args = isStarted
                    ? ["search", "--resume", name, "--db", _experiment.Database, "--json"]
                    : _experiment.Search([.. Longer, "--name", name]);
                using var child = new ChildMovinet(args);
                if (kills < Kills && child.KillAfter(time * random.Uniform(0.2, 0.95)))
                {
                    kills++;
                    if (!HasRun(name)) continue;
                    foreach (var trial in _experiment.Trials(name)) stored[(trial.Phase, trial.Step, trial.Candidate)] = trial;
                    if (_experiment.Run(name).Status == RunStatus.Completed) break; // between its last word and its exit
                    continue;
                }

                var end = child.End();
                Assert.True(end.ExitCode == ExitCode.Done, $"{string.Join(' ', args)}: exit {end.ExitCode}: {end.Error}");
                break;
            }

            var trials = _experiment.Trials(name).ToDictionary(trial => (trial.Phase, trial.Step, trial.Candidate));
            Assert.All(stored, entry => Assert.Equal(entry.Value, trials[entry.Key]));
            Assert.Equal(whole.Trials.Select(trial => trial with { Run = name }), _experiment.Trials(name));
            string folder = Path.Combine(_experiment.Results, name);
            Assert.Equal(whole.Fingerprints, Compact(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "best.json"))).RootElement.GetProperty("fingerprints")));
            foreach (string file in new[] { "controller.csv", "logits.csv", "alternatives.csv" })
                Assert.Equal(File.ReadAllLines(Path.Combine(_experiment.Results, "alone", file)), File.ReadAllLines(Path.Combine(folder, file)));
            Assert.DoesNotContain(Directory.GetFiles(folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        }

        Assert.Equal(Kills, kills);
    }

    [Fact]
    public void Ctrl_C_ends_it_with_130_and_the_command_that_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent the Unix way");
        using var child = new ChildMovinet(_experiment.Search([.. Longer, "--name", "stopped"]));
        child.WaitForFirstLine();
        child.PressCtrlC();
        var stopped = child.End();
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.Empty(stopped.Output);
        string last = stopped.Error.TrimEnd().Split('\n')[^1];
        Assert.Equal($"interrupted; resume with: ./movinet search --resume stopped --db {_experiment.Database}", last);
        Assert.Equal(RunStatus.Interrupted, _experiment.Run("stopped").Status);

        var resumed = Movinet.Done([.. last.Split("./movinet ")[1].Split(' '), "--json"]);
        Assert.Equal(whole.Fingerprints, Fingerprints(resumed));
        Assert.Equal(whole.Trials.Select(trial => trial with { Run = "stopped" }), _experiment.Trials("stopped"));
        Assert.Equal(
            ["started", "interrupted", "resumed", "completed"],
            File.ReadAllLines(Path.Combine(_experiment.Results, "stopped", "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
    }

    [Fact]
    public void A_training_stopped_by_Ctrl_C_ends_with_the_same_weights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent the Unix way");
        using var experiment = finished.Experiment.Copy();
        string[] Train(string name) =>
        [
            "train", "--run", FinishedRun.Name, "--set", "train.epochs=10", "--set", "train.batch=4", "--set", "train.dropout=0.3", "--name", name,
            "--db", experiment.Database, "--threads", "1",
        ];
        Movinet.Done(Train("whole"));
        using var child = new ChildMovinet(Train("stopped"));
        child.WaitForFirstLine();
        child.PressCtrlC();
        var stopped = child.End();
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        string command = stopped.Error.TrimEnd().Split("resume with: ./movinet ")[1];
        Assert.Contains("--name: ", Movinet.Refused(Train("stopped"))); // a new training does not go on from an old one's weights
        Movinet.Done([.. command.Split(' ')]);
        byte[] Weights(string model) => File.ReadAllBytes(Path.Combine(experiment.Results, model, "model.safetensors"));
        Assert.Equal(Weights("whole"), Weights("stopped"));
        Assert.False(File.Exists(Path.Combine(experiment.Results, "stopped", "training.safetensors")));
    }

    [Fact]
    public void A_full_disk_is_one_message_and_the_run_goes_on_when_there_is_room()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs ulimit");
        // No file may grow past the limit (in 512-byte blocks); the signal that would end the process is ignored, so a write fails as on a
        // full disk. (The runtime's write-xor-execute keeps code in a file, which the limit would hit first.)
        using var child = new ChildMovinet(
            _experiment.Search([.. Longer, "--name", "full"]), "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -f 90");
        var full = child.End();
        Assert.True(full.ExitCode == ExitCode.Failed, $"exit {full.ExitCode}: {full.Error}");
        Assert.Empty(full.Output);
        Assert.DoesNotContain("   at ", full.Error);
        string last = full.Error.TrimEnd().Split('\n')[^1];
        Assert.Contains(_experiment.Database, last);
        string[] again = HasRun("full") ? ["search", "--resume", "full", "--db", _experiment.Database, "--json"] : _experiment.Search([.. Longer, "--name", "full"]);
        Assert.Equal(whole.Fingerprints, Fingerprints(Movinet.Done(again)));
    }

    private bool HasRun(string name)
    {
        if (!File.Exists(_experiment.Database)) return false;
        using var store = Store.RunStore.OpenReadOnly(_experiment.Database);
        return store.Runs().Any(run => run.Name == name);
    }

    private static string Fingerprints(Movinet run) => Compact(run.Json.GetProperty("fingerprints"));

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    /// <summary>The run that nobody stopped.</summary>
    public sealed class WholeRun
    {
        public WholeRun()
        {
            using var experiment = new MiniExperiment();
            Fingerprints = ResumeTests.Fingerprints(Movinet.Done(experiment.Search(Longer)));
            Trials = experiment.Trials("mini-1");
        }

        internal string Fingerprints { get; }

        internal IReadOnlyList<Trial> Trials { get; }
    }
}
