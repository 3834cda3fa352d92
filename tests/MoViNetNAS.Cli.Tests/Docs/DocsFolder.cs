using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Tests.Docs;

/// <summary>A folder like the repository's, to run the commands of the documentation in: the same experiments and spaces, with few clips and steps.</summary>
internal sealed class DocsFolder : IDisposable
{
    private const int Classes = 600; // of the published weights

    private static readonly string[] FewClips = ["data.weightsClips=32", "data.scoreClips=16", "data.testClips=16"];

    private static readonly string[] ShortSearch =
    [
        "supernet.batch=4", "supernet.scoreBatch=8", "search.steps=8", "search.candidates=2", "search.tolerance=0.5", "search.topCandidates=2",
        "search.baselineArchitectures=2", "search.checkpointEvery=4",
    ];

    private static readonly string[] ShortTraining = ["train.epochs=1", "train.batch=16"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-docs-");
    private readonly string _before = Directory.GetCurrentDirectory();

    public DocsFolder()
    {
        foreach (string part in new[] { "experiments", "searchspaces", "results/published", "results/bench", "results/bench-onnx", "results/memory", "results/scaling" }) Copy(part);
        // Eight architectures instead of 576, so that a table of all of them is a matter of seconds.
        Change("searchspaces/micro.json", ("\"widthMultipliers\": [1, 1.25]", "\"widthMultipliers\": [1]"), ("\"kernels\": [\"1x3x3\", \"3x3x3\", \"5x1x1\"]", "\"kernels\": [\"1x3x3\", \"5x1x1\"]"), ("\"depth\": [1, 2]", "\"depth\": [1, 1]"));
        Shorten("experiments/quickstart.json", [.. FewClips, .. ShortSearch, .. ShortTraining], "tiny");
        Shorten("experiments/micro.json", [.. FewClips, .. ShortSearch, .. ShortTraining], "micro");
        Shorten("experiments/shapes.json", [.. FewClips, .. ShortTraining], "tiny");
        Change("experiments/micro-table.json", ("\"epochs\": [1, 2, 4, 6]", "\"epochs\": [1]"));
        Change("experiments/compare-micro-limit.json", ("\"evaluations\": 60", "\"evaluations\": 4"), (", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]", "]"));
        Change(
            "experiments/trust-micro.json", ("\"seeds\": [1, 2, 3]", "\"seeds\": [1]"),
            (",\n    { \"name\": \"calibrated norms\", \"set\": [\"supernet.norms=calibrated\"] },\n    { \"name\": \"unused parameters skipped\", \"set\": [\"supernet.unusedParameters=skip\"] }", ""));
        Change("experiments/ablation.json", ("\"seeds\": [1, 2, 3]", "\"seeds\": [1]"));
        Change("experiments/sweep-small.json", ("\"20%\", \"50%\", \"80%\"", "\"50%\""), (", \"search.steps=150\", \"search.topCandidates=8\", \"search.baselineArchitectures=8\"", ""), ("\"data.weightsClips=1200\", \"data.scoreClips=256\"", "\"search.beta=-0.3\""));
        WriteInputs();
        Directory.SetCurrentDirectory(_folder.FullName);
    }

    public string this[string path] => Path.Combine(_folder.FullName, path);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Delete(recursive: true);
    }

    private void Copy(string part)
    {
        Directory.CreateDirectory(this[part]);
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, part))) File.Copy(file, Path.Combine(this[part], Path.GetFileName(file)));
    }

    // What is to be replaced must be there: a file that changed would be run as it is, for half an hour.
    private void Change(string file, params (string Part, string Instead)[] changes)
    {
        string text = File.ReadAllText(this[file]);
        foreach (var (part, instead) in changes)
        {
            Assert.Contains(part, text);
            text = text.Replace(part, instead, StringComparison.Ordinal);
        }

        File.WriteAllText(this[file], text);
    }

    private void Shorten(string file, string[] overrides, string space) =>
        File.WriteAllText(this[file], Experiment.Load(this[file], overrides).ToJson($"../searchspaces/{space}.json"));

    // What a reader would bring: a clip, and weights of the PyTorch port.
    private void WriteInputs()
    {
        var clips = new MovingShapes(new MovingShapesOptions());
        byte[] pixels = new byte[clips.Input.Frames * clips.Input.Resolution * clips.Input.Resolution * InputShape.Channels];
        clips.Read(Split.Test, 0, augmentation: null, pixels);
        NpyFile.Write(this["clip.npy"], new NpyClip(clips.Input.Frames, clips.Input.Resolution, clips.Input.Resolution, pixels));
        using var scope = NewDisposeScope();
        using var network = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, Classes, new FirstWeights(new RandomStream(1)));
        SafetensorsFile.Write(this["modelA0_stream.safetensors"], PortWeights.Export(network), new Dictionary<string, string> { ["format"] = "pt" });
    }
}
