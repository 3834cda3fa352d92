using System.Text.Json;
using System.Xml.Linq;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Each figure is made by one command from what is stored: four files, labels and data in them.</summary>
[Collection(RunCollection.Name)]
public sealed class FigureVerbTests(FinishedRun finished) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-figure-tests-");

    private static string Results(string name) => Path.Combine(Repository.Root, "results", name);

    [Fact]
    public void Curves_are_drawn_again_as_the_search_drew_them()
    {
        string path = Drawn("curves", FinishedRun.Name, "--db", finished.Experiment.Database);
        foreach (string extension in new[] { ".svg", ".png", ".pdf", ".csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(finished.Folder, "curves" + extension)), File.ReadAllBytes(path + extension));
        Assert.Equal(1 + MiniExperiment.Steps, File.ReadAllLines(path + ".csv").Length);
    }

    [Fact]
    public void Choices_and_entropies_are_of_every_open_decision()
    {
        int open = SpaceFile.Parse("mini", MiniExperiment.SpaceText).Decisions.Count(decision => decision.OptionCount > 1);
        string path = Drawn("choices", FinishedRun.Name, "--db", finished.Experiment.Database);
        Assert.Contains("Probability", Texts(path));
        string[][] cells = [.. File.ReadAllLines(path + ".csv").Skip(1).Select(line => line.Split(','))];
        Assert.Equal(open, cells.Select(row => row[0]).Distinct().Count());
        string last = cells[^1][2];
        Assert.All(cells.Where(row => row[2] == last).GroupBy(row => row[0]), decision => Assert.Equal(1, decision.Sum(row => double.Parse(row[3])), 1e-9));
        path = Drawn("entropy", FinishedRun.Name, "--db", finished.Experiment.Database, "--title", "How sure");
        Assert.Contains("Entropy / maximum", Texts(path));
        Assert.Contains("How sure", Texts(path));
        Assert.Equal(1 + open * MiniExperiment.Steps, File.ReadAllLines(path + ".csv").Length);
    }

    [Fact]
    public void An_architecture_is_that_of_a_name_a_run_a_genotype_or_a_checkpoint()
    {
        string path = Drawn("architecture", "--model", "a2");
        Assert.Contains("MoViNet-A2", Texts(path));
        string genotype = finished.Best.GetProperty("feasible").GetProperty("genotype").GetString()!;
        string ofRun = File.ReadAllText(Drawn("architecture", "--run", FinishedRun.Name, "--db", finished.Experiment.Database) + ".csv");
        Assert.Equal(ofRun, File.ReadAllText(Drawn("architecture", "--space", Path.Combine(finished.Folder, "space.json"), "--genotype", genotype) + ".csv"));
        Assert.Equal(ofRun, File.ReadAllText(Drawn("architecture", "--checkpoint", finished.Checkpoint) + ".csv"));
        Assert.Contains("which network?", Movinet.Refused("figure", "architecture"));
        Assert.Contains("no MoViNet", Movinet.Refused("figure", "architecture", "--model", "x3d-s"));
        Assert.Contains("--pick", Movinet.Refused("figure", "architecture", "--model", "a0", "--pick", "best"));
        Assert.Contains("--space FILE", Movinet.Refused("figure", "architecture", "--model", "a0", "--genotype", "0:1"));
    }

    [Fact]
    public void An_evaluation_keeps_its_confusion_and_frames_and_they_are_drawn_again()
    {
        string folder = Path.Combine(_folder.FullName, "evaluation");
        var result = Movinet.Done("eval", "--checkpoint", finished.Checkpoint, "--frame-by-frame", "--output", folder, "--threads", "1", "--json").Json;
        Assert.Equal(
            ["confusion.csv", "confusion.pdf", "confusion.png", "confusion.svg", "evaluation.json", "frames.csv", "frames.pdf", "frames.png", "frames.svg"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(result.GetProperty("right").GetInt32(), JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "evaluation.json"))).RootElement.GetProperty("right").GetInt32());
        string confusion = Drawn("confusion", folder), frames = Drawn("frames", folder);
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "confusion.csv")), File.ReadAllText(confusion + ".csv"));
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "frames.csv")), File.ReadAllText(frames + ".csv"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "frames.png")), File.ReadAllBytes(frames + ".png"));
        Assert.Contains("Share of the class", Texts(confusion));
        Assert.Contains("Top-1 (%), 95 % interval", Texts(frames));
        int clips = File.ReadAllLines(confusion + ".csv").Skip(1).Sum(line => int.Parse(line.Split(',')[2]));
        Assert.Equal(result.GetProperty("clips").GetInt32(), clips);

        // Of two evaluations one lies beside weights that are not those that it was measured on.
        string other = Path.Combine(_folder.FullName, "other", "evaluation");
        Directory.CreateDirectory(other);
        foreach (string file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(_folder.FullName, "other", "model.safetensors"), "other weights");
        string both = Path.Combine(_folder.FullName, "both");
        Assert.Contains($"left out: {other} was measured on weights", Movinet.Done("figure", "frames", folder, other, "--out", both).Error);
        Assert.Equal(File.ReadAllText(frames + ".csv"), File.ReadAllText(both + ".csv"));
        Assert.Contains("measures it again", Movinet.Refused("figure", "frames", other));

        Assert.Contains("no confusion-verb.csv", Movinet.Refused("figure", "confusion", folder, "--head", "verb"));
        string[] lines = File.ReadAllLines(Path.Combine(folder, "frames.csv"));
        File.WriteAllLines(Path.Combine(folder, "frames.csv"), lines.Where((_, i) => i != 2));
        Assert.Contains("frames.csv(3): frame 2", Movinet.Refused("figure", "frames", folder));
    }

    [Theory]
    [InlineData("quality", "compare-micro", "--reward", "Reward, best so far (%)", "successive halving")]
    [InlineData("hypervolume", "compare-micro", null, "Hypervolume of the table (%)", "NSGA-II")]
    [InlineData("attainment", "compare-micro", null, "Test top-1 (%)", "local search")]
    [InlineData("memory", "memory", null, "Peak memory of inference (MB)", "stream, compiled")]
    [InlineData("latency", "bench", null, "Milliseconds per frame (median and quartiles)", "libtorch")]
    [InlineData("latency", "bench-onnx", null, "Milliseconds per frame (median and quartiles)", "OnnxRuntime")]
    [InlineData("costs", "scaling", null, "Multiply-adds per frame", "mean")]
    public void A_figure_is_remade_from_a_folder_of_results(string kind, string folder, string? option, string label, string series)
    {
        string path = Drawn([kind, Results(folder), .. option is null ? Array.Empty<string>() : [option]]);
        string[] texts = Texts(path);
        Assert.Contains(label, texts);
        Assert.Contains(series, texts);
        Assert.True(File.ReadAllLines(path + ".csv").Length > 5);
        string page = Drawn([kind, Results(folder), .. option is null ? Array.Empty<string>() : [option], "--size", "page"]);
        Assert.Contains("viewBox=\"0 0 880 ", File.ReadAllText(page + ".svg"));
        Assert.Contains("has no ", Movinet.Refused("figure", kind, _folder.FullName));
    }

    [Fact]
    public void Ranks_and_bars_are_remade_from_their_data()
    {
        void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
        Write("ranks.csv", "score,truth,macs,name\n0.1,0.5,1000000,\"0:1, first\"\n0.2,0.6,2000000,0:2\n0.3,0.8,4000000,0:3\n");
        string path = Drawn("rank", _folder.FullName);
        Assert.Contains(Texts(path), text => text.StartsWith("Kendall τ 1.00, n = 3", StringComparison.Ordinal));
        Write("bench.csv", "group,label,series,ratio\nKernels,3x3x3,forward,4.1\nKernels,1x5x5,forward,0.5\n");
        path = Drawn("bench", _folder.FullName);
        Assert.Contains("Kernels", Texts(path));
        Write("bench.csv", "group,label,series,ratio\nKernels,3x3x3,forward,fast\n");
        Assert.Contains("bench.csv(2): ratio must be a number, not 'fast'", Movinet.Refused("figure", "bench", _folder.FullName));
        Write("bench.csv", "group,label,ratio\n");
        Assert.Contains("no column 'series'", Movinet.Refused("figure", "bench", _folder.FullName));
    }

    [Fact]
    public void Runs_that_differ_in_their_seed_alone_are_one_line_over_any_cost()
    {
        using var experiment = finished.Experiment.Copy();
        Movinet.Done(experiment.Search("--seed", "9", "--name", "mini-s9"));
        string[] runs = ["--run", FinishedRun.Name, "--run", "mini-s9", "--db", experiment.Database];
        string path = Drawn(["attainment", .. runs, "--objective", "macsPerFrame"]);
        string[] texts = Texts(path);
        foreach (string text in new[] { "tunas over mini", "median of 2 runs, band from best to worst", "Multiply-adds per frame", "Top-1 with shared weights (%)" }) Assert.Contains(text, texts);
        Assert.StartsWith("method,runs,surface,macsPerFrame,top1", File.ReadAllText(path + ".csv"));

        // Every cost that trials are stored with; published networks as marks of their costs, the data being others.
        foreach (var (cost, label) in new[] { ("parameters", "Trainable parameters"), ("peakActivationBytes", "Peak activation (bytes)"), ("streamStateBytes", "Stream state (bytes)") })
        {
            string out_ = Path.Combine(_folder.FullName, cost);
            Movinet.Done(["pareto", .. runs, "--objective", cost, "--out", out_, "--published", Results("published")]);
            Assert.Contains(label, Texts(out_));
            Assert.Contains(Texts(out_), text => text.StartsWith("released networks, cost only", StringComparison.Ordinal));
            Assert.Contains("cost,MOBILENETV3-LARGE,", File.ReadAllText(out_ + ".csv"));
            Assert.DoesNotContain("\ntarget,", File.ReadAllText(out_ + ".csv")); // it is one of another cost
        }

        Assert.Contains("did you mean 'macs'", Movinet.Refused(["pareto", .. runs, "--objective", "mac"]));
        Assert.Contains("no milliseconds", Movinet.Refused(["pareto", .. runs, "--objective", "latencyMs", "--out", Path.Combine(_folder.FullName, "ms")]));
        Assert.Contains("of what?", Movinet.Refused("figure", "attainment"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Draws into a folder of its own and gives the path without extension.
    private string Drawn(params string[] args)
    {
        string path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"), "figure");
        var files = Movinet.Done(["figure", .. args, "--out", path, "--json"]).Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()).ToArray();
        Assert.Equal([path + ".svg", path + ".png", path + ".pdf", path + ".csv"], files);
        Assert.All(files, file => Assert.True(new FileInfo(file!).Length > 50));
        return path;
    }

    private static string[] Texts(string path) =>
        [.. XDocument.Load(path + ".svg").Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
