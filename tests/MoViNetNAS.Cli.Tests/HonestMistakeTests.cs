using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Mistakes around runs: one sentence that names file, flag or value, the right exit code, and nothing half-written.</summary>
[Collection(RunCollection.Name)]
public sealed class HonestMistakeTests(FinishedRun finished) : IDisposable
{
    private readonly MiniExperiment _experiment = new();

    public void Dispose() => _experiment.Dispose();

    [Theory]
    [InlineData("\"learnigRate\"", "(8): unknown key 'supernet.learnigRate'; did you mean 'learningRate'?", "\"scoreBatch\": 8", "\"learnigRate\": 8")]
    [InlineData("'many'", "(9): search.steps must be a whole number from 1 to 100000000, not 'many'.", "\"steps\": 6", "\"steps\": \"many\"")]
    [InlineData("folder", "(7): data.kind must be one of moving-shapes, video-folder, class-folders, ucf101, hmdb51, kinetics, something-something-v2, moments-in-time, epic-kitchens-100, charades, not 'movin-shapes'; did you mean 'moving-shapes'?", "moving-shapes", "movin-shapes")]
    [InlineData("space", "(5): space is 'mini2.json', and there is no such file beside this one; did you mean 'mini.json'?", "mini.json", "mini2.json")]
    [InlineData("warm-up", "(9): search has warmUpFraction 0.5, which must not exceed delayFraction 0.25", "\"tolerance\": 0.4", "\"warmUpFraction\": 0.5")]
    public void In_the_experiment(string subject, string sentence, string part, string instead)
    {
        Assert.NotEmpty(subject);
        string file = _experiment.With(part, instead);
        Assert.StartsWith(file + sentence, Refused("search", file, "--db", _experiment.Database));
        _experiment.AssertNothingWritten();
    }

    [Theory]
    [InlineData("data.kind 'charades' has any number; every other kind has one.", "\"kind\": \"charades\"")]
    [InlineData("data.label 'verb+noun' has two; it may be verb, noun or action.", "\"kind\": \"epic-kitchens-100\", \"label\": \"verb+noun\"")]
    public void In_the_data_of_a_search(string sentence, string keys)
    {
        string file = _experiment.With("\"kind\": \"moving-shapes\", \"weightsClips\": 32, \"scoreClips\": 20, \"testClips\": 16", keys + ", \"folder\": \"videos\"");
        Assert.Equal($"a search needs exactly one class a clip: {sentence}", Refused("search", file, "--db", _experiment.Database));
        _experiment.AssertNothingWritten();
    }

    [Theory]
    [InlineData("(3): layer.kernels[0] must be one of", "1x3x3", "6x3x3")]
    [InlineData("(6): blocks[1].depth must be a list of two numbers, fewest and most layers, not 0 elements.", "[1, 2] }\n", "[] }\n")]
    [InlineData("(3): layer.kernels must not be an empty list.", "[\"1x3x3\", \"3x3x3\", \"5x1x1\"]", "[]")]
    [InlineData("(2): unknown key 'widthMultiplier'; did you mean 'widthMultipliers'?", "widthMultipliers", "widthMultiplier")]
    public void In_the_space(string sentence, string part, string instead)
    {
        Assert.Contains(part, MiniExperiment.SpaceText);
        File.WriteAllText(_experiment.Space, MiniExperiment.SpaceText.Replace(part, instead, StringComparison.Ordinal));
        Assert.StartsWith(_experiment.Space + sentence, Refused(_experiment.Search()));
        _experiment.AssertNothingWritten();
    }

    [Theory]
    [InlineData("no architecture of space 'mini' is within 40% of the target 1 macs", "--set", "search.target=1")]
    [InlineData("--set: unknown key 'search.setps'; did you mean 'steps'?", "--set", "search.setps=3")]
    [InlineData("--set: search.algorithm must be one of tunas, random, spos, fairnas, sandwich, not 'randon'; did you mean 'random'?", "--algorithm", "randon")]
    [InlineData("--set: seed must be a whole number", "--seed", "x")]
    [InlineData("--name names a folder: letters, digits, '-', '_' and '.' are allowed, not 'a/b'.", "--name", "a/b")]
    [InlineData("--name names a folder", "--name", "")]
    [InlineData("--data /nowhere: this experiment uses generated data", "--data", "/nowhere")]
    public void In_the_flags_of_a_search(string sentence, params string[] flags)
    {
        Assert.StartsWith(sentence, Refused(_experiment.Search(flags)));
        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void Without_a_cuda_device_there_is_no_run_on_one()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda_is_available(), "there is a CUDA device");
        Assert.StartsWith("--device cuda: ", Refused(_experiment.Search("--device", "cuda")));
        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void Real_data_that_are_missing()
    {
        string file = _experiment.With("\"kind\": \"moving-shapes\", \"weightsClips\": 32, \"scoreClips\": 20, \"testClips\": 16", "\"kind\": \"video-folder\"");
        string[] search = ["search", file, "--db", _experiment.Database];
        Assert.Contains("--data FOLDER", Refused(search));
        Assert.Equal($"video folder {_experiment["nowhere"]} does not exist.", Refused([.. search, "--data", _experiment["nowhere"]]));
        Assert.Contains("manifest.csv does not exist", Refused([.. search, "--data", _experiment[""]]));
        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void No_ffmpeg()
    {
        string file = _experiment.With("\"kind\": \"moving-shapes\", \"weightsClips\": 32, \"scoreClips\": 20, \"testClips\": 16", "\"kind\": \"video-folder\"");
        Directory.CreateDirectory(_experiment["videos"]);
        File.WriteAllText(_experiment["videos/manifest.csv"], "path,label,split,subject\na.avi,x,train,1\nb.avi,y,val,2\n");
        foreach (string video in new[] { "a.avi", "b.avi" }) File.WriteAllText(_experiment["videos/" + video], "not looked at");
        using var child = new ChildMovinet(
            ["search", file, "--db", _experiment.Database, "--data", _experiment["videos"]], shellPrefix: null,
            ("PATH", _experiment["empty"]), ("XDG_CACHE_HOME", _experiment["cache"]));
        var run = child.End();
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("ffmpeg", run.OneSentence());
        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void A_results_folder_that_cannot_be_written()
    {
        string file = _experiment["file"];
        File.WriteAllText(file, "");
        string database = Path.Combine(file, "results", "movinet.db");
        Assert.Contains(file, Movinet.Failed("search", _experiment.File, "--db", database));
        Assert.Contains(file, Movinet.Failed("train", "--model", "t0", "--experiment", _experiment.File, "--db", database));
        Assert.Equal("", File.ReadAllText(file));
        Directory.CreateDirectory(_experiment["sub/folder"]);
        Assert.Contains("is a folder", Movinet.Run("search", _experiment.File, "--db", _experiment["sub/folder"]).OneSentence());

        // The database may lie where the run's folder may not be made.
        Directory.CreateDirectory(_experiment.Results);
        File.WriteAllText(Path.Combine(_experiment.Results, "taken"), "");
        Assert.Contains(Path.Combine(_experiment.Results, "taken"), Movinet.Failed(_experiment.Search("--name", "taken")));
        _experiment.AssertNothingWritten();
        string plot = Path.Combine(file, "plot");
        Assert.Contains(plot, Movinet.Failed("pareto", "--db", finished.Experiment.Database, "--out", plot));
    }

    [Fact]
    public void A_database_in_use()
    {
        using (RunStore.Open(_experiment.Database))
        {
            Assert.Contains($"in use by process {Environment.ProcessId}", Movinet.Failed(_experiment.Search()));
            Assert.Contains("in use by", Movinet.Failed("search", "--resume", "x", "--db", _experiment.Database));
            Assert.Contains("in use by", Movinet.Failed("train", "--model", "t0", "--experiment", _experiment.File, "--db", _experiment.Database));
        }

        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void A_database_that_is_none()
    {
        File.WriteAllText(_experiment["x.db"], new string('x', 20_000));
        Assert.Contains(_experiment["x.db"], Refused("search", _experiment.File, "--db", _experiment["x.db"]));
        Assert.Equal(new string('x', 20_000), File.ReadAllText(_experiment["x.db"]));
        Assert.Equal($"there is no store {_experiment["y.db"]}; a search makes it, or name another file with --db.", Refused("search", "--resume", "r", "--db", _experiment["y.db"]));
        foreach (string[] verb in new[] { new[] { "runs" }, ["pareto"], ["train", "--run", "r"], ["train", "--resume", "r"] })
            Assert.StartsWith($"there is no store {_experiment["y.db"]}", Refused([.. verb, "--db", _experiment["y.db"]]));
        Assert.False(File.Exists(_experiment["y.db"]));
    }

    [Theory]
    [InlineData("has no run 'mini-2'; did you mean 'mini-1'?", "search", "--resume", "mini-2")]
    [InlineData("has no run 'mini-2'; did you mean 'mini-1'?", "pareto", "--run", "mini-2")]
    [InlineData("has no run 'mini-2'; did you mean 'mini-1'?", "train", "--run", "mini-2")]
    [InlineData("there is no training 'modl-1' in", "train", "--resume", "modl-1")]
    [InlineData("--pick must be best, feasible, knee or a genotype, not 'feasable'; did you mean 'feasible'?", "train", "--run", "mini-1", "--pick", "feasable")]
    [InlineData("genotype '0:1' has 2 numbers; space 'mini' has 15 decisions.", "train", "--run", "mini-1", "--pick", "0:1")]
    [InlineData("genotype '0:0:0:1:1:0:1:1:9:0:0:1:1:0:1': decision 9 ('block3/layer1/kernel') has options 0-2, not '9'.", "train", "--run", "mini-1", "--pick", "0:0:0:1:1:0:1:1:9:0:0:1:1:0:1")]
    [InlineData("--name: there is a run or model 'mini-1' already", "train", "--run", "mini-1", "--name", "mini-1")]
    [InlineData("--resume and --seed do not go together", "search", "--resume", "mini-1", "--seed", "3")]
    [InlineData("--resume and --set do not go together", "train", "--resume", "model-1", "--set", "train.epochs=3")]
    [InlineData("--resume goes on with the run's own experiment", "search", "x.json", "--resume", "mini-1")]
    public void In_names(string sentence, params string[] args) =>
        Assert.Contains(sentence, Refused([.. args, "--db", finished.Experiment.Database]));

    [Theory]
    [InlineData("train what?", "train")]
    [InlineData("train what?", "train", "--run", "a", "--model", "a0")]
    [InlineData("--model needs --experiment FILE", "train", "--model", "a0")]
    [InlineData("there is no model 'a9'", "train", "--model", "a9", "--experiment", "x.json")]
    [InlineData("--model and --pick do not go together", "train", "--model", "a0", "--pick", "best", "--experiment", "x.json")]
    [InlineData("which experiment?", "search")]
    [InlineData("there is no file x.json", "search", "x.json")]
    [InlineData("cannot read ''", "search", "")]
    public void In_what_to_do(string sentence, params string[] args)
    {
        Assert.StartsWith(sentence, Refused([.. args, "--db", _experiment.Database]));
        Assert.False(Directory.Exists(_experiment.Results));
    }

    [Theory]
    [InlineData("there is no verb 'serach'; did you mean 'search'?", "serach")]
    [InlineData("unknown option '--algoritm'; did you mean '--algorithm'?", "search", "x.json", "--algoritm", "random")]
    [InlineData("--split must be one of score, test, score+test, weights, not 'tset'; did you mean 'test'?", "eval", "--checkpoint", "x", "--split", "tset")]
    [InlineData("Option '--checkpoint' is required.", "eval")]
    public void In_words(string sentence, params string[] args) => Assert.StartsWith(sentence, Movinet.Refused(args));

    [Fact]
    public void A_network_that_cannot_stream()
    {
        string file = _experiment.With("\"train\": { \"variant\": \"causal\", \"epochs\": 2, \"batch\": 8, \"subclipFrames\": 3", "\"train\": { \"variant\": \"base\", \"epochs\": 1, \"batch\": 32, \"subclipFrames\": 0");
        string[] train = ["train", "--model", "a0", "--experiment", file, "--name", "base", "--db", _experiment.Database, "--threads", "1"];
        Assert.Contains("the clips are 16x16, too small for the strides of a0, which needs at least 32x32", Movinet.Refused(train));
        File.WriteAllText(_experiment.Space, File.ReadAllText(_experiment.Space).Replace("\"resolution\": 16", "\"resolution\": 32"));
        Movinet.Done(train);
        string checkpoint = Path.Combine(_experiment.Results, "base");
        Assert.Contains("needs whole clips", Refused("stream", "--checkpoint", checkpoint, "--video", "x.avi"));
        Assert.Contains("--frame-by-frame needs a causal network", Refused("eval", "--checkpoint", checkpoint, "--frame-by-frame"));
    }

    [Fact]
    public void A_video_that_is_none()
    {
        Assert.Contains("nowhere.avi", Refused("stream", "--checkpoint", finished.Checkpoint, "--video", _experiment["nowhere.avi"]));
        File.WriteAllText(_experiment["empty.avi"], "");
        Assert.Contains("empty.avi", Refused("stream", "--checkpoint", finished.Checkpoint, "--video", _experiment["empty.avi"]));
    }

    [Fact]
    public void A_checkpoint_of_a_network_that_is_missing_or_damaged()
    {
        Assert.Contains("there is no file or folder", Refused("eval", "--checkpoint", _experiment["nowhere"]));
        Assert.Contains("is no checkpoint", Refused("eval", "--checkpoint", _experiment[""]));
        using var copy = finished.Experiment.Copy();
        string folder = Path.Combine(copy.Results, FinishedRun.ModelName), weights = Path.Combine(folder, "model.safetensors"), card = Path.Combine(folder, "model.json");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..2000]);
        foreach (string[] verb in new[] { new[] { "eval" }, ["stream", "--video", "x.avi"] })
            Assert.StartsWith(weights, Refused([.. verb, "--checkpoint", folder]));
        File.WriteAllText(card, File.ReadAllText(card).Replace("\"top1\"", "\"top2\"", StringComparison.Ordinal));
        var run = Movinet.Run("eval", "--checkpoint", folder);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("unknown key 'top2'; did you mean 'top1'?", run.Error);
    }

    [Fact]
    public void Data_of_another_kind_than_the_checkpoint_was_trained_on()
    {
        Assert.Contains("generated data", Refused("eval", "--checkpoint", finished.Checkpoint, "--data", _experiment[""]));
        using var copy = finished.Experiment.Copy();
        string card = Path.Combine(copy.Results, FinishedRun.ModelName, "model.json");
        string videos = File.ReadAllText(card)
            .Replace("\\u0022kind\\u0022: \\u0022moving-shapes\\u0022", "\\u0022kind\\u0022: \\u0022video-folder\\u0022", StringComparison.Ordinal);
        foreach (string key in new[] { "weightsClips", "scoreClips", "testClips", "shapes", "speed", "noise", "shuffleTime" })
            videos = System.Text.RegularExpressions.Regex.Replace(videos, $@",?\\n\s+\\u0022{key}\\u0022: \w+", "");
        videos = System.Text.RegularExpressions.Regex.Replace(videos, @",\\n    \\u0022seed\\u0022: 1", "");
        File.WriteAllText(card, videos);
        string folder = Path.GetDirectoryName(card)!;
        Assert.Contains("needs a folder of videos", Refused("eval", "--checkpoint", folder, "--shuffle-time"));
    }

    [Fact]
    public void A_run_whose_files_have_changed_is_not_resumed_and_stays_as_it_was()
    {
        using var copy = finished.Experiment.Copy();
        copy.Unfinish(FinishedRun.Name);
        string folder = Path.Combine(copy.Results, FinishedRun.Name);
        string[] resume = ["search", "--resume", FinishedRun.Name, "--db", copy.Database];
        string log = File.ReadAllText(Path.Combine(folder, "log.jsonl"));
        void RefusedAfter(string file, Func<string, string> change, params string[] parts)
        {
            string path = Path.Combine(folder, file);
            byte[] before = File.ReadAllBytes(path);
            if (file.EndsWith(".safetensors", StringComparison.Ordinal)) File.WriteAllBytes(path, before[..(before.Length / 2)]);
            else File.WriteAllText(path, change(File.ReadAllText(path)));
            string sentence = Refused(resume);
            Assert.All(parts, part => Assert.Contains(part, sentence));
            Assert.Equal(RunStatus.Running, copy.Run(FinishedRun.Name).Status);
            Assert.Equal(log, File.ReadAllText(Path.Combine(folder, "log.jsonl")));
            File.WriteAllBytes(path, before);
        }

        string space = Path.Combine(folder, "space.json");
        RefusedAfter("space.json", text => text.Replace("[1, 2] }\n", "[1, 3] }\n", StringComparison.Ordinal), space, "is not the space that run 'mini-1' began with", "hash");
        RefusedAfter("space.json", text => text.Replace("1x3x3", "6x3x3", StringComparison.Ordinal), space + "(3)");
        RefusedAfter("config.json", text => text.Replace("\"seed\": 1,\n  \"space\"", "\"seed\": 2,\n  \"space\"", StringComparison.Ordinal), "the saved state belongs to another search");
        RefusedAfter("config.json", text => text.Replace("\"weightsClips\": 32", "\"weightsClips\": 40", StringComparison.Ordinal), "the data are not those that run 'mini-1' began with");
        RefusedAfter("machine.json", _ => "{}", Path.Combine(folder, "machine.json"));
        RefusedAfter("machine.json", _ => "null", Path.Combine(folder, "machine.json"));
        RefusedAfter("checkpoint.safetensors", text => text, Path.Combine(folder, "checkpoint.safetensors"));
        RefusedAfter("controller.csv", _ => "nonsense\n", Path.Combine(folder, "controller.csv"));
        Movinet.Done(resume);
    }

    [Fact]
    public void A_run_that_has_not_ended_has_no_picks()
    {
        using var copy = finished.Experiment.Copy();
        copy.Unfinish(FinishedRun.Name);
        Assert.Contains("has not ended; `movinet search --resume mini-1` goes on with it", Refused("train", "--run", FinishedRun.Name, "--db", copy.Database));
    }

    /// <summary>Refused with exactly one sentence.</summary>
    private static string Refused(params string[] args)
    {
        var run = Movinet.Run(args);
        Assert.True(run.ExitCode == ExitCode.BadInput, $"exit {run.ExitCode}: {run.Error}");
        return run.OneSentence();
    }
}
