using MoViNetNAS.Data;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training.Tests;

public sealed class ExperimentTests : IDisposable
{
    private const string Text =
        """
        // Question: does a file read back?
        {
          "format": 1,
          "name": "mini-1",
          "seed": 3,
          "space": "mini.json",
          "variant": "stream",
          "data": { "kind": "moving-shapes", "seed": 4, "weightsClips": 24, "scoreClips": 20, "testClips": 16, "shapes": 2, "speed": 0.5, "noise": 2, "shuffleTime": true },
          "supernet": { "batch": 3, "scoreBatch": 5, "learningRate": 0.001, "unusedParameters": "skip", "residualScale": 0.5 },
          "search": { "algorithm": "random", "steps": 7, "candidates": 2, "target": 12345, "beta": -0.25 },
          "train": { "variant": "stream", "epochs": 2, "batch": 8, "subclipFrames": 2, "dropout": 0.1, "stochasticDepth": 0.2 },
        }
        """;

    private const string VideoText =
        """{ "format": 1, "name": "v", "space": "mini.json", "data": { "kind": "video-folder", "folder": "", "fit": "pad", "cropMargin": 1.25, "flip": false, "strideRange": 2, "decoderThreads": 3, "scoreWindows": 4 } }""";

    private const string TrainText =
        """{ "format": 1, "name": "t", "network": "a0", "input": { "frames": 4, "resolution": 32 }, "data": { "kind": "moving-shapes" }, "train": { "epochs": 3 } }""";

    private readonly TemporaryFolder _folder = new();

    public ExperimentTests() => _folder.Write("mini.json", Tiny.SpaceText);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Text)]
    [InlineData(VideoText)]
    public void Read_written_and_read_again_it_is_the_same(string text)
    {
        var first = Experiment.Load(_folder.Write("experiment.json", text));
        string written = first.ToJson("mini.json");
        var second = Experiment.Load(_folder.Write("written.json", written));
        Assert.Equal(written, second.ToJson("mini.json"));
        Assert.Equal(first with { Space = second.Space }, second); // a space is equal by its hash
        Assert.Equal(first.Space!.Hash, second.Space!.Hash);
        Assert.Equal(Tiny.SpaceText, second.SpaceText);
    }

    [Theory]
    [InlineData("""{ "kind": "adamw", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-7 }""")]
    [InlineData("""{ "kind": "rmsprop" }""")]
    [InlineData("""{ "kind": "rmsprop", "decay": 0.8, "momentum": 0.7, "epsilon": 0.5, "squareStart": "one" }""")]
    [InlineData("""{ "kind": "sgd", "momentum": 0.5, "nesterov": true }""")]
    public void The_recipe_of_a_training_arrives_and_reads_back(string optimizer)
    {
        string more = $"""
            "accumulate": 4, "optimizer": {optimizer}, "schedule": "cosineThroughout", "gradientClipEach": 1, "averageDecay": 0.9999, "dropout"
            """;
        var first = Experiment.Load(_folder.Write("experiment.json", Text.Replace("\"dropout\"", more.Trim(), StringComparison.Ordinal)));
        Assert.Equal((4, RateScheduleType.CosineThroughout, 1, 0.9999), (first.Train.Accumulate, first.Train.Schedule, first.Train.GradientClipEach, first.Train.AverageDecay));
        OptimizerSettings expected = optimizer switch
        {
            _ when optimizer.Contains("adamw", StringComparison.Ordinal) => new AdamWSettings(0.8, 0.99, 1e-7),
            _ when optimizer.Contains("0.7", StringComparison.Ordinal) => new RmsPropSettings(0.8, 0.7, 0.5, SquareStart.One),
            _ when optimizer.Contains("sgd", StringComparison.Ordinal) => new SgdSettings(0.5, IsNesterov: true),
            _ => new RmsPropSettings(),
        };
        Assert.Equal(expected, first.Train.Optimizer);
        Assert.Equal(first.Train, Experiment.Load(_folder.Write("written.json", first.ToJson("mini.json"))).Train);
    }

    [Fact]
    public void Every_value_of_the_file_arrives()
    {
        var experiment = Experiment.Load(_folder.Write("experiment.json", Text));
        Assert.Equal(("mini-1", 3ul, NetworkVariant.Stream), (experiment.Name, experiment.Seed, experiment.Variant));
        var shapes = Assert.IsType<MovingShapesSettings>(experiment.Data).Options;
        Assert.Equal((4ul, 24, 20, 16, 2, 0.5, 2.0, true), (shapes.Seed, shapes.WeightsClips, shapes.ScoreClips, shapes.TestClips, shapes.Shapes, shapes.Speed, shapes.Noise, shapes.IsTimeShuffled));
        Assert.Equal(SupernetSettings.Default with { Batch = 3, ScoreBatch = 5, LearningRate = 0.001, SkipsUnused = true, ResidualScale = 0.5 }, experiment.Supernet);
        Assert.Equal(new SearchSettings() with { Algorithm = SearchAlgorithm.Random, Steps = 7, Candidates = 2, Target = 12345, Beta = -0.25 }, experiment.Search);
        Assert.Equal(
            TrainingSettings.Default with { Variant = NetworkVariant.Stream, Epochs = 2, Batch = 8, SubclipFrames = 2, Dropout = 0.1, StochasticDepth = 0.2 },
            experiment.Train);
    }

    [Fact]
    public void What_the_other_coordinates_do_arrives_and_is_written_only_where_they_jump()
    {
        var still = Experiment.Load(_folder.Write("still.json", Text.Replace("\"speed\"", "\"others\": \"still\", \"speed\"", StringComparison.Ordinal)));
        var jumping = Experiment.Load(_folder.Write("jumping.json", Text.Replace("\"speed\"", "\"others\": \"jumping\", \"speed\"", StringComparison.Ordinal)));
        Assert.Equal(Experiment.Load(_folder.Write("experiment.json", Text)).Data.ToJson().ToJsonString(), still.Data.ToJson().ToJsonString());
        Assert.False(still.Data.ToJson().ContainsKey("others"));
        Assert.Equal(OtherCoordinates.Jumping, Assert.IsType<MovingShapesSettings>(jumping.Data).Options.Others);
        Assert.Equal(jumping.Data, Experiment.Load(_folder.Write("written.json", jumping.ToJson("mini.json"))).Data);
        Assert.Equal("moving-shapes-jumping-shuffled", jumping.Data.Open(jumping.Input).Name);
    }

    [Fact]
    public void Networks_are_trained_on_the_clips_of_the_space_or_of_the_file()
    {
        string file = _folder.Write("experiment.json", Text);
        Assert.Equal(new InputShape(4, 16), Experiment.Load(file).Input);
        var longer = Experiment.Load(_folder.Write("longer.json", Text.Replace("\"space\"", "\"input\": { \"frames\": 7, \"resolution\": 32, \"frameStride\": 3 }, \"space\"", StringComparison.Ordinal)));
        Assert.Equal((new InputShape(7, 32, 3), new InputShape(4, 16)), (longer.Input, longer.Space!.Definition.Input));
        Assert.Equal(new InputShape(4, 32, 6), longer.Input.AtHalfRate());
        Assert.Equal(longer.Input, Experiment.Load(_folder.Write("written.json", longer.ToJson("mini.json"))).Input);
    }

    [Fact]
    public void An_experiment_that_only_trains_needs_no_space_and_cannot_search()
    {
        var experiment = Experiment.Load(_folder.Write("train.json", TrainText));
        Assert.Equal((null, "a0", new InputShape(4, 32)), (experiment.Space, experiment.Network, experiment.Input));
        Assert.Equal(experiment, Experiment.Load(_folder.Write("written.json", experiment.ToJson())));
        Assert.Contains("experiment 't' has no key 'space'", Assert.Throws<InputException>(experiment.RequireSpace).Message);
        Assert.Contains("(1): search is of a search, which needs the key 'space'", Refused(_folder.Write("both.json", TrainText.Replace("\"data\"", "\"search\": {}, \"data\"", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("\"learningRate\": 0.001", "\"learnigRate\": 0.001", "(9): unknown key 'supernet.learnigRate'; did you mean 'learningRate'?")]
    [InlineData("\"search\":", "\"serach\":", "(10): unknown key 'serach'; did you mean 'search'?")]
    [InlineData("\"steps\": 7", "\"steps\": \"many\"", "(10): search.steps must be a whole number from 1 to 100000000, not 'many'.")]
    [InlineData("\"seed\": 3", "\"seed\": -3", "(5): seed must be a whole number from 0 to 9223372036854775807, not -3.")]
    [InlineData("\"kind\": \"moving-shapes\"", "\"kind\": \"moving-shape\"", "(8): data.kind must be one of moving-shapes, video-folder, class-folders, ucf101, hmdb51, kinetics, something-something-v2, moments-in-time, epic-kitchens-100, charades, not 'moving-shape'; did you mean 'moving-shapes'?")]
    [InlineData("\"shapes\": 2", "\"others\": \"jumpin\"", "(8): data.others must be one of still, jumping, not 'jumpin'; did you mean 'jumping'?")]
    [InlineData("\"kind\": \"moving-shapes\", ", "", "(8): data needs the key 'kind': one of moving-shapes, video-folder, class-folders, ucf101, hmdb51, kinetics, something-something-v2, moments-in-time, epic-kitchens-100, charades.")]
    [InlineData("\"variant\": \"stream\",\n  \"data\"", "\"variant\": \"steam\",\n  \"data\"", "(7): variant must be one of base, stream, causal, not 'steam'; did you mean 'stream'?")]
    [InlineData("\"name\": \"mini-1\"", "\"name\": \"a/b\"", "(4): name names a folder: letters, digits, '-', '_' and '.' are allowed, not 'a/b'.")]
    [InlineData("\"name\": \"mini-1\"", "\"name\": \"..\"", "(4): name names a folder: letters, digits, '-', '_' and '.' are allowed, not '..'.")]
    [InlineData("\"space\": \"mini.json\"", "\"space\": \"minni.json\"", "(6): space is 'minni.json', and there is no such file beside this one; did you mean 'mini.json'?")]
    [InlineData("\"space\": \"mini.json\",", "", "(2): the file needs the key 'space', or 'input' when it only trains")]
    [InlineData("\"space\": \"mini.json\"", "\"network\": \"a7\", \"space\": \"mini.json\"", "(6): network must be one of a0,")]
    [InlineData("\"space\": \"mini.json\"", "\"input\": { \"frames\": 0, \"resolution\": 8 }, \"space\": \"mini.json\"", "(6): input.frames must be a whole number from 1 to 10000, not 0.")]
    [InlineData("\"space\": \"mini.json\"", "\"space\": 5", "(6): space must be a text, not 5.")]
    [InlineData("\"format\": 1", "\"format\": 2", "(3): format must be a whole number from 1 to 1, not 2.")]
    [InlineData("\"train\": { \"variant\": \"stream\"", "\"train\": { \"variant\": \"base\"", "(11): train has subclipFrames 2, which needs a causal variant, not 'base'.")]
    [InlineData("\"dropout\": 0.1", "\"accumulate\": 9", "(11): train has accumulate 9, more parts than the clips of its batch, 8.")]
    [InlineData("\"dropout\": 0.1", "\"averageDecay\": 1", "(11): train.averageDecay must be a number from 0 to 0.9999999, not 1.")]
    [InlineData("\"dropout\": 0.1", "\"schedule\": \"cosine\"", "(11): train.schedule must be one of cosineAfterWarmUp, cosineThroughout, not 'cosine'.")]
    [InlineData("\"dropout\": 0.1", "\"optimizer\": { \"kind\": \"rmsprob\" }", "(11): train.optimizer.kind must be one of adamw, rmsprop, sgd, not 'rmsprob'; did you mean 'rmsprop'?")]
    [InlineData("\"dropout\": 0.1", "\"optimizer\": \"sgd\"", "(11): train.optimizer needs the key 'kind': adamw, rmsprop, sgd.")]
    [InlineData("\"dropout\": 0.1", "\"optimizer\": { \"kind\": \"sgd\", \"beta1\": 0.9 }", "(11): unknown key 'train.optimizer.beta1'. Allowed here: kind, momentum, nesterov.")]
    [InlineData("\"dropout\": 0.1", "\"optimizer\": { \"kind\": \"rmsprop\", \"epsilon\": 0 }", "(11): train.optimizer.epsilon must be a number from 1E-16 to 100, not 0.")]
    public void A_mistake_is_one_sentence_with_file_line_and_path(string part, string instead, string sentence)
    {
        Assert.Contains(part, Text);
        string file = _folder.Write("experiment.json", Text.Replace(part, instead, StringComparison.Ordinal));
        string message = Refused(file);
        Assert.StartsWith(file + sentence, message);
        Assert.DoesNotContain(Environment.NewLine, message);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        string file = _folder.Write("experiment.json", Text
            .Replace("\"seed\": 3", "\"seed\": true", StringComparison.Ordinal)
            .Replace("mini.json", "none.json", StringComparison.Ordinal)
            .Replace("\"epochs\": 2", "\"epochs\": 0", StringComparison.Ordinal));
        Assert.Equal(3, Refused(file).Split(Environment.NewLine).Length);
    }

    [Fact]
    public void A_mistake_in_the_space_names_the_file_of_the_space()
    {
        string file = _folder.Write("experiment.json", Text);
        _folder.Write("mini.json", Tiny.SpaceText.Replace("5x1x1", "6x1x1", StringComparison.Ordinal));
        Assert.StartsWith(_folder["mini.json"] + "(3): layer.kernels[2] must be one of", Refused(file));
    }

    [Fact]
    public void Values_can_be_overridden()
    {
        string file = _folder.Write("experiment.json", Text);
        var experiment = Experiment.Load(file, ["search.steps=9", "name=other", "data.shuffleTime=false", "train.epochs=5", "search.target=median"]);
        Assert.Equal((9, "other", 5), (experiment.Search.Steps, experiment.Name, experiment.Train.Epochs));
        Assert.Null(experiment.Search.Target);
        Assert.False(Assert.IsType<MovingShapesSettings>(experiment.Data).Options.IsTimeShuffled);
    }

    [Theory]
    [InlineData("search.setps=9", "--set: unknown key 'search.setps'; did you mean 'steps'?")]
    [InlineData("search.steps=x", "--set: search.steps must be a whole number")]
    [InlineData("search.steps", "--set search.steps: write it as path=value")]
    [InlineData("name.x=1", "--set name.x=1: name is 'mini-1' and has no 'x'.")]
    public void A_wrong_override_is_named(string assignment, string sentence)
    {
        string file = _folder.Write("experiment.json", Text);
        Assert.StartsWith(sentence, Assert.Throws<InputException>(() => Experiment.Load(file, [assignment])).Message);
    }

    [Fact]
    public void Data_are_where_the_command_line_says_and_generated_ones_are_nowhere()
    {
        var video = Experiment.Load(_folder.Write("video.json", VideoText)).Data;
        Assert.Equal(_folder.Path, Assert.IsType<VideoFolderSettings>(video.At(_folder.Path)).Folder);
        Assert.Contains("--data", Assert.Throws<InputException>(() => video.Open(new InputShape(4, 16))).Message);
        var generated = Experiment.Load(_folder.Write("experiment.json", Text)).Data;
        Assert.Contains("moving-shapes", Assert.Throws<InputException>(() => generated.At(_folder.Path)).Message);
    }

    [Fact]
    public void A_latency_table_is_read_beside_the_file_and_must_be_of_the_space_and_variant()
    {
        const string settings = "\"algorithm\": \"random\"";
        string With(string more) => Text.Replace(settings, $"{settings}, {more}", StringComparison.Ordinal).Replace("12345", "0.5", StringComparison.Ordinal);
        const string objective = "\"objective\": \"latencyMs\"", table = "\"latencyTable\": \"ms.json\"";
        Assert.Contains(
            "(10): search has the objective latencyMs and needs the key 'latencyTable', a file that `movinet bench latency --space",
            Refused(_folder.Write("experiment.json", With(objective))));
        string file = _folder.Write("experiment.json", With($"{objective}, {table}"));
        string message = Refused(file);
        Assert.Contains("(10): search.latencyTable is 'ms.json', and there is no such file beside this one", message);
        Assert.Contains("`movinet bench latency --space", message);
        Assert.DoesNotContain(Environment.NewLine, message);

        var space = SpaceFile.Load(_folder["mini.json"]);
        LatencyFile.Save(Latency(space, NetworkVariant.Stream), _folder["ms.json"]);
        var first = Experiment.Load(file);
        Assert.Equal(Latency(space, NetworkVariant.Stream).Hash, first.Latency!.Hash);
        LatencyFile.Save(first.Latency, _folder["copy.json"]);
        var second = Experiment.Load(_folder.Write("written.json", first.ToJson("mini.json", "copy.json")));
        Assert.Equal((first.Latency.Hash, "copy.json"), (second.Latency!.Hash, second.Search.LatencyTable));

        LatencyFile.Save(Latency(space, NetworkVariant.Causal), _folder["ms.json"]);
        Assert.Contains("ms.json is of the variant 'causal', not of 'stream'; `movinet bench latency --space", Refused(file));
        Assert.Contains("'base' is not causal and cannot stream", Assert.Throws<InputException>(() => Experiment.Load(file, ["variant=base"])).Message);
        Assert.Contains("search.latencyTable must be a text, not 5.", Assert.Throws<InputException>(() => Experiment.Load(file, ["search.latencyTable=5"])).Message);
    }

    private static LatencyTable Latency(SearchSpace space, NetworkVariant variant)
    {
        int resolution = space.Definition.Input.Resolution;
        var networks = new OperationCover(space, resolution).Choose(new RandomStream(1)).Select(genotype => OperationKeys.Of(space.Resolve(genotype), resolution))
            .Select(keys => new MeasuredNetwork(keys, [.. keys.Select(_ => 0.001)], 0.001 * keys.Count));
        return LatencyFit.Of(new LatencyOrigin(space.Name, space.Hash, variant, 8, resolution, 1, "processor", "version"), [.. networks]);
    }

    private static string Refused(string file) => Assert.Throws<InputException>(() => Experiment.Load(file)).Message;
}
