using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Long trainings: killed and resumed, stopped early, started from weights, with their logs.</summary>
[Collection(RunCollection.Name)]
public sealed class TrainVerbTests(FinishedRun finished) : IDisposable
{
    private const int Kills = 10;
    private const string Named =
        """
        {
          "format": 1, "name": "named", "network": "t0", "input": { "frames": 5, "resolution": 32 },
          "data": { "kind": "moving-shapes", "weightsClips": 8, "scoreClips": 8, "testClips": 8 },
          "train": { "epochs": 1, "batch": 8 }
        }
        """;

    private readonly MiniExperiment _experiment = finished.Experiment.Copy();

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void Killed_at_ten_moments_and_resumed_it_ends_with_the_same_weights_and_log_ten_times()
    {
        string[] Begin(string name) => Train(
            name, "--init", "supernet", "--tensorboard", "--set", "train.epochs=8", "--set", "train.averageDecay=0.9", "--set", "train.dropout=0.3",
            "--set", "train.earlyStop.patience=3", "--set", "train.stochasticDepth=0.2");
        long began = Stopwatch.GetTimestamp();
        using (var child = new ChildMovinet(Begin("whole"))) Assert.Equal(ExitCode.Done, child.End().ExitCode);
        var time = Stopwatch.GetElapsedTime(began);

        var random = new RandomStream(12);
        int kills = 0;
        for (int n = 0; kills < Kills; n++)
        {
            string name = $"killed-{n}";
            using (var child = new ChildMovinet(Begin(name)))
            {
                if (!child.KillAfter(time * random.Uniform(0.4, 0.98))) continue; // this machine was faster this time
            }

            if (!File.Exists(At(name, "plan.json"))) continue; // it had not begun
            kills++;
            bool wasEnded = IsStored(name);
            if (!wasEnded) Movinet.Done("train", "--resume", name, "--db", _experiment.Database);
            Assert.Equal(Hash("whole"), Hash(name));
            Assert.Equal(Epochs("whole"), Epochs(name));
            Assert.Equal(new FileInfo(At("whole", "tensorboard/events.out.tfevents.0.movinet")).Length, new FileInfo(At(name, "tensorboard/events.out.tfevents.0.movinet")).Length);
            if (wasEnded) continue; // killed between the record and the tidying: files of the way are left, never weights lost
            Assert.DoesNotContain(Directory.GetFiles(At(name, "")), file => file.EndsWith("training.safetensors", StringComparison.Ordinal) || file.EndsWith("best.safetensors", StringComparison.Ordinal));
        }
    }

    // Eight updates leave a running average at 92 % of where it began: a network scored with it is spoilt.
    [Fact]
    public void Norms_get_the_statistics_of_training_clips_and_weights_do_not_change_by_it()
    {
        Movinet.Done(Train("calibrated"));
        Movinet.Done(Train("as-averaged", "--set", "train.calibrateNorms=false"));
        var calibrated = SafetensorsFile.Read(At("calibrated", "model.safetensors")).Tensors;
        var averaged = SafetensorsFile.Read(At("as-averaged", "model.safetensors")).Tensors;
        foreach (var (name, tensor) in calibrated)
        {
            using (tensor)
            using (var other = averaged[name])
                Assert.True(tensor.data<float>().ToArray().AsSpan().SequenceEqual(other.data<float>().ToArray()) != name.Contains("running", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void A_training_that_watches_its_score_keeps_its_best_weights()
    {
        var run = Movinet.Done(Train("early", "--set", "train.epochs=40", "--set", "train.earlyStop.patience=2", "--set", "train.learningRate=0.02", "--json"));
        var epochs = Epochs("early");
        int best = run.Json.GetProperty("bestEpoch").GetInt32();
        Assert.Equal(epochs.MaxBy(epoch => epoch.Top1)!.Epoch, best);
        Assert.True(epochs.Count == 40 || epochs.Count == best + 2, $"{epochs.Count} epochs, the best is {best}");
        Assert.Equal(epochs[best - 1].Top1!.Value, run.Json.GetProperty("scoreTop1").GetDouble());
        Assert.Contains($"the weights are those of epoch {best} of {epochs.Count}", run.Error);
        string[] curve = File.ReadAllLines(At("early", "curve.csv"));
        Assert.Equal((1 + epochs.Count, "epoch,update,loss,learningRate,top1,seconds"), (curve.Length, curve[0]));
    }

    [Fact]
    public void It_starts_from_the_shared_weights_of_its_search()
    {
        Movinet.Done(Train("shared", "--init", "supernet", "--set", "train.epochs=1", "--set", "train.learningRate=1e-9", "--set", "train.averageDecay=0"));
        Movinet.Done(Train("fresh", "--set", "train.epochs=1", "--set", "train.learningRate=1e-9"));
        Assert.NotEqual(Hash("fresh"), Hash("shared"));
        Assert.Equal("supernet", JsonDocument.Parse(File.ReadAllText(At("shared", "plan.json"))).RootElement.GetProperty("init").GetString());
        Assert.Contains("a 'stream' one cannot start from them", Movinet.Refused(Train("other", "--init", "supernet", "--set", "train.variant=stream")));
        Assert.Contains("--init supernet needs --run", Movinet.Refused("train", "--experiment", _experiment.File, "--init", "supernet"));
    }

    [Fact]
    public void It_goes_on_from_a_checkpoint_with_another_classifier_where_the_classes_differ()
    {
        string from = At(FinishedRun.ModelName, "");
        var same = Movinet.Done(Train("tuned", "--init", from, "--set", "train.freeze=all-but-classifier"));
        Assert.DoesNotContain("classifier starts anew", same.Error);
        Assert.NotEqual(Hash(FinishedRun.ModelName), Hash("tuned"));
        // Without --run or --model the design is the checkpoint's.
        File.WriteAllText(_experiment["tune.json"], Named.Replace("\"network\": \"t0\", ", "").Replace("\"batch\": 8", "\"batch\": 8, \"freeze\": \"backbone\""));
        Movinet.Done("train", "--experiment", _experiment["tune.json"], "--init", from, "--name", "again", "--db", _experiment.Database, "--threads", "1");

        string card = At(FinishedRun.ModelName, "model.json");
        File.WriteAllText(card, File.ReadAllText(card).Replace("\"left\"", "\"backwards\"", StringComparison.Ordinal));
        Assert.Contains("the classifier starts anew with 8", Movinet.Done(Train("anew", "--init", from, "--set", "train.epochs=1")).Error);
        Assert.Contains("names no network", Movinet.Refused("train", "--experiment", _experiment["tune.json"], "--db", _experiment.Database));
        Assert.Contains("both must be of the same design", Movinet.Refused("train", "--model", "t0", "--experiment", _experiment["tune.json"], "--init", from, "--db", _experiment.Database));
    }

    [Fact]
    public void A_file_with_a_network_is_enough_and_half_the_rate_halves_the_frames()
    {
        File.WriteAllText(_experiment["named.json"], Named);
        string[] train = ["train", "--experiment", _experiment["named.json"], "--db", _experiment["other/movinet.db"], "--threads", "1", "--json"];
        Assert.Equal("t0-named-1", Movinet.Done(train).Json.GetProperty("model").GetString());
        Movinet.Done([.. train, "--half-rate", "--name", "half"]);
        var input = JsonDocument.Parse(File.ReadAllText(_experiment["other/half/model.json"])).RootElement.GetProperty("input");
        Assert.Equal((3, 2), (input.GetProperty("frames").GetInt32(), input.GetProperty("frameStride").GetInt32()));
        Assert.Contains("experiment 'named' has no key 'space'", Movinet.Refused("search", _experiment["named.json"], "--db", _experiment["third/movinet.db"]));
        Assert.False(Directory.Exists(_experiment["third"]));
    }

    [Fact]
    public void A_dry_run_tells_what_a_training_would_be_and_stores_nothing()
    {
        File.WriteAllText(_experiment["named.json"], Named);
        string[] dry = ["train", "--experiment", _experiment["named.json"], "--db", _experiment["other/movinet.db"], "--threads", "1", "--dry-run"];
        var json = Movinet.Done([.. dry, "--json", "--set", "train.subclipFrames=2", "--set", "train.variant=causal"]).Json;
        Assert.Equal((8, 1, 1), (json.GetProperty("trainingClips").GetInt32(), json.GetProperty("updates").GetInt32(), json.GetProperty("rates").GetArrayLength()));
        Assert.Equal("moving-shapes", json.GetProperty("data").GetProperty("kind").GetString());
        Assert.True(json.GetProperty("trainingHours").GetDouble() > 0);
        Assert.Contains("learning rate", Movinet.Done([.. dry, "--half-rate"]).Output);
        Assert.False(Directory.Exists(_experiment["other"]));

        string before = string.Join('\n', Directory.GetFileSystemEntries(_experiment.Results, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Contains($"{FinishedRun.Name}-feasible", Movinet.Done("train", "--run", FinishedRun.Name, "--db", _experiment.Database, "--threads", "1", "--dry-run").Output);
        Assert.Equal(before, string.Join('\n', Directory.GetFileSystemEntries(_experiment.Results, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)));

        File.WriteAllText(_experiment["video.json"], Named.Replace("\"moving-shapes\", \"weightsClips\": 8, \"scoreClips\": 8, \"testClips\": 8", "\"ucf101\"", StringComparison.Ordinal));
        string unknown = Movinet.Done("train", "--experiment", _experiment["video.json"], "--dry-run", "--threads", "1").Output;
        Assert.Contains("needs data", unknown);
        Assert.Contains("assumed: only the data can say", unknown);
    }

    private string[] Train(string name, params string[] more) =>
        ["train", "--run", FinishedRun.Name, "--name", name, "--db", _experiment.Database, "--threads", "1", .. more];

    private string At(string model, string file) => Path.Combine(_experiment.Results, model, file);

    private string Hash(string model) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(At(model, "model.safetensors"))));

    // All that does not depend on the clock.
    private List<EpochRecord> Epochs(string model) =>
    [
        .. File.ReadAllLines(At(model, "log.jsonl"))
            .Select(line => JsonSerializer.Deserialize<EpochRecord>(line, JsonSerializerOptions.Web)! with { Seconds = 0, EndedUtc = default }),
    ];

    private bool IsStored(string model)
    {
        using var store = Store.RunStore.OpenReadOnly(_experiment.Database);
        return store.Models().Any(known => known.Name == model);
    }
}
