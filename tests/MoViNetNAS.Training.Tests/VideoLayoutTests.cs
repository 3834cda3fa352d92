using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training.Tests;

public sealed class VideoLayoutTests : IDisposable
{
    private const string Official = "\"annotations\": \"lists\", \"scoreShare\": 0.2, \"splitSeed\": 7";

    private readonly TemporaryFolder _folder = new();

    public VideoLayoutTests() => _folder.Write("mini.json", Tiny.SpaceText);

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, IVideoLayout> Sections => new()
    {
        { "video-folder", "", new ManifestLayout() },
        { "class-folders", "", new ClassFolderLayout() },
        { "class-folders", "\"sourcePattern\": \"^(p\\\\d+)_\", \"scoreShare\": 0.2, \"testShare\": 0.3, \"splitSeed\": 7", new ClassFolderLayout { SourcePattern = "^(p\\d+)_", ScoreShare = 0.2, TestShare = 0.3, SplitSeed = 7 } },
        { "ucf101", "", new Ucf101Layout() },
        { "ucf101", $"\"split\": 3, {Official}", new Ucf101Layout { OfficialSplit = 3, Annotations = "lists", ScoreShare = 0.2, SplitSeed = 7 } },
        { "hmdb51", "\"split\": 2", new Hmdb51Layout { OfficialSplit = 2 } },
        { "kinetics", "\"evaluate\": \"test\"", new KineticsLayout { IsTestEvaluated = true } },
        { "kinetics", Official, new KineticsLayout { Annotations = "lists", ScoreShare = 0.2, SplitSeed = 7 } },
        { "something-something-v2", Official, new SomethingSomethingLayout { Annotations = "lists", ScoreShare = 0.2, SplitSeed = 7 } },
        { "moments-in-time", "", new MomentsInTimeLayout() },
        { "epic-kitchens-100", "\"label\": \"action\"", new EpicKitchensLayout { Label = EpicLabel.Action } },
        { "epic-kitchens-100", "\"label\": \"verb+noun\"", new EpicKitchensLayout { Label = EpicLabel.VerbAndNoun } },
        { "charades", Official, new CharadesLayout { Annotations = "lists", ScoreShare = 0.2, SplitSeed = 7 } },
        { "charades", "\"labels\": \"clip\"", new CharadesLayout() },
        { "charades", "\"labels\": \"video\"", new CharadesLayout { IsWholeVideoTaught = true } },
    };

    private Experiment Load(string kind, string keys, string file = "experiment.json") => Experiment.Load(_folder.Write(
        file, $$"""{ "format": 1, "name": "v", "space": "mini.json", "data": { "kind": "{{kind}}", "folder": "data"{{(keys.Length > 0 ? ", " : "")}}{{keys}} } }"""));

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_layout_is_read_written_and_read_again(string kind, string keys, IVideoLayout layout)
    {
        Experiment first = Load(kind, keys);
        var settings = Assert.IsType<VideoFolderSettings>(first.Data);
        Assert.Equal(layout, settings.Layout);
        Assert.Equal(settings, Experiment.Load(_folder.Write("written.json", first.ToJson("mini.json"))).Data);
        VideoFolderOptions options = settings.Videos(new InputShape(4, 16));
        Assert.Equal((layout, settings.Folder), (options.Layout, options.Folder));
        Assert.Equal(kind != "something-something-v2", options.IsFlipped);
    }

    [Fact]
    public void A_default_that_came_later_is_not_written()
    {
        Assert.DoesNotContain("\"labels\"", Load("charades", "\"labels\": \"clip\"").ToJson("mini.json"));
        Assert.Contains("\"labels\": \"video\"", Load("charades", "\"labels\": \"video\"").ToJson("mini.json"));
    }

    [Fact]
    public void Sampling_and_controls_are_read_written_and_read_again()
    {
        Experiment experiment = Load("video-folder", "\"fit\": \"wide\", \"sampling\": \"segments\", \"shuffleTime\": true, \"leaveOut\": \"eli\"");
        VideoFolderOptions options = experiment.Data.Videos(new InputShape(4, 16))!;
        Assert.Equal((VideoFit.Wide, FrameSampling.Segments, true, "eli"), (options.Fit, options.Sampling, options.IsTimeShuffled, options.LeaveOut));
        Assert.Equal(experiment.Data, Experiment.Load(_folder.Write("written.json", experiment.ToJson("mini.json"))).Data);
        options = Load("ucf101", "\"leaveOut\": \"\"").Data.Videos(new InputShape(4, 16))!;
        Assert.Equal((VideoFit.Crop, FrameSampling.Dense, false, null), (options.Fit, options.Sampling, options.IsTimeShuffled, options.LeaveOut));
    }

    public static TheoryData<string, ClipAugmentation> Augmentations => new()
    {
        { "{}", ClipAugmentation.None },
        { """{ "resizedCrop": false, "autoAugment": false }""", ClipAugmentation.None },
        { """{ "resizedCrop": true, "autoAugment": true }""", new ClipAugmentation { ResizedCrop = new ResizedCrop(), IsAutoAugmented = true } },
        { """{ "resizedCrop": { "area": [0.25, 1], "aspect": [0.75, 1.25] } }""", new ClipAugmentation { ResizedCrop = new ResizedCrop(0.25, 1, 0.75, 1.25) } },
        { """{ "resizedCrop": { "area": [0.25, 1] }, "colour": { "contrast": 0.4 } }""", new ClipAugmentation { ResizedCrop = new ResizedCrop(0.25), Colour = new ColourJitter(0, 0.4) } },
        { """{ "randAugment": {} }""", new ClipAugmentation { RandAugment = new RandAugment(2, 9) } },
        { """{ "randAugment": { "operations": 3, "magnitude": 4.5 } }""", new ClipAugmentation { RandAugment = new RandAugment(3, 4.5) } },
    };

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void An_augmentation_is_read_written_and_read_again(string section, ClipAugmentation augment)
    {
        Experiment experiment = Load("ucf101", $"\"augment\": {section}");
        Assert.Equal(augment, experiment.Data.Videos(new InputShape(4, 16))!.Augment);
        Assert.Equal(experiment.Data, Experiment.Load(_folder.Write("written.json", experiment.ToJson("mini.json"))).Data);
    }

    [Theory]
    [InlineData("ucf101", "\"augment\": { \"colour\": { \"hue\": 1 } }", "(1): unknown key 'data.augment.colour.hue'. Allowed here: brightness, contrast, saturation.")]
    [InlineData("ucf101", "\"augment\": { \"autoAugment\": true, \"randAugment\": {} }", "(1): data.augment has both randAugment and autoAugment; one of them can be used.")]
    [InlineData("ucf101", "\"augment\": { \"resizedCrop\": { \"area\": [1, 0.5] } }", "(1): data.augment.resizedCrop.area must be two numbers, the smaller one first.")]
    [InlineData("ucf101", "\"augment\": { \"resizedCrop\": { \"area\": [0.01, 0.05] } }", "(1): data.augment.resizedCrop.area ends below 0.1, and no crop shows less than a tenth of the picture.")]
    [InlineData("ucf101", "\"augment\": { \"randAugment\": { \"magnitude\": 11 } }", "(1): data.augment.randAugment.magnitude must be a number from 0 to 10, not 11.")]
    [InlineData("ucf101", "\"sampling\": \"segment\"", "(1): data.sampling must be one of dense, segments, not 'segment'; did you mean 'segments'?")]
    [InlineData("ucf101", "\"sampling\": \"segments\", \"strideRange\": 1", "(1): data.strideRange is 1, but the segments that 'sampling' asks for have no stride; it must be 0.")]
    [InlineData("ucf101", "\"splt\": 1", "(1): unknown key 'data.splt'; did you mean 'split'?")]
    [InlineData("ucf101", "\"split\": 4", "(1): data.split must be a whole number from 1 to 3, not 4.")]
    [InlineData("ucf101", "\"evaluate\": \"test\"", "(1): unknown key 'data.evaluate'.")]
    [InlineData("video-folder", "\"splitSeed\": 1", "(1): unknown key 'data.splitSeed'.")]
    [InlineData("kinetcs", "", "did you mean 'kinetics'?")]
    [InlineData("kinetics", "\"evaluate\": \"val\"", "(1): data.evaluate must be one of validation, test, not 'val'")]
    [InlineData("kinetics", "\"scoreShare\": 0.6", "(1): data.scoreShare must be a number from 0 to 0.5, not 0.6.")]
    [InlineData("charades", "\"labels\": \"clips\"", "(1): data.labels must be one of clip, video, not 'clips'; did you mean 'clip'?")]
    [InlineData("charades", "\"label\": \"clip\"", "(1): unknown key 'data.label'; did you mean 'labels'?")]
    [InlineData("epic-kitchens-100", "\"label\": \"verbs\"", "(1): data.label must be one of verb, noun, action, verb+noun, not 'verbs'; did you mean 'verb'?")]
    public void A_key_of_another_layout_or_a_wrong_value_is_an_error(string kind, string keys, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InputException>(() => Load(kind, keys)).Message);

    // The folder is not there: nothing was looked for in it, let alone decoded.
    [Theory]
    [InlineData("charades", "", "a search needs exactly one class a clip: data.kind 'charades' has any number; every other kind has one.")]
    [InlineData("epic-kitchens-100", "\"label\": \"verb+noun\"", "a search needs exactly one class a clip: data.label 'verb+noun' has two; it may be verb, noun or action.")]
    public void Several_labels_a_clip_are_refused_to_a_search_before_anything_is_read(string kind, string keys, string sentence)
    {
        DataSettings data = Load(kind, keys).Data;
        Assert.Equal(sentence, Assert.Throws<InputException>(() => data.OpenForSearch(new InputShape(4, 16))).Message);
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => data.Open(new InputShape(4, 16))).Message);
    }

    [Fact]
    public void A_mistake_in_the_annotations_names_their_file_when_the_data_are_opened()
    {
        DataSettings data = Load("ucf101", "").Data;
        Assert.Contains(_folder["data"], Assert.Throws<InputException>(() => data.Open(new InputShape(4, 16))).Message);
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(Path.Combine(_folder["data"], "classInd.txt"), "1 Archery\n3 Biking\n");
        File.WriteAllText(Path.Combine(_folder["data"], "trainlist01.txt"), "");
        File.WriteAllText(Path.Combine(_folder["data"], "testlist01.txt"), "");
        Assert.Equal($"{Path.Combine(_folder["data"], "classInd.txt")}(2): must be '2 ClassName', not '3 Biking'.",
            Assert.Throws<InputException>(() => data.Open(new InputShape(4, 16))).Message);
    }

    [Fact]
    public void Generated_data_are_no_videos() => Assert.Null(new MovingShapesSettings(new MovingShapesOptions()).Videos(new InputShape(4, 16)));
}
