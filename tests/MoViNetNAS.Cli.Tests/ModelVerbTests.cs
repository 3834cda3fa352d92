using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace MoViNetNAS.Cli.Tests;

/// <summary>What comes after a search: list, plot, train, measure, stream.</summary>
[Collection(RunCollection.Name)]
public sealed class ModelVerbTests(FinishedRun finished)
{
    [Fact]
    public void Runs_and_models_are_listed()
    {
        var json = Movinet.Done("runs", "--db", finished.Experiment.Database, "--json").Json;
        var run = json.GetProperty("runs").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == FinishedRun.Name);
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(finished.Best.GetProperty("trials").GetInt32(), run.GetProperty("trials").GetInt32());
        Assert.Equal(finished.Best.GetProperty("feasible").GetProperty("genotype").GetString(), run.GetProperty("mostProbableFeasible").GetString());
        var model = json.GetProperty("models").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == FinishedRun.ModelName);
        Assert.Equal(FinishedRun.Name, model.GetProperty("run").GetString());
        Assert.Equal(36, model.GetProperty("clips").GetInt32());
        string text = Movinet.Done("runs", "--db", finished.Experiment.Database).Output;
        Assert.Contains(FinishedRun.Name, text);
        Assert.Contains(FinishedRun.ModelName, text);
    }

    [Fact]
    public void The_front_is_plotted_and_listed_where_asked()
    {
        string path = finished.Experiment["plots/front"];
        var front = Movinet.Done("pareto", "--run", FinishedRun.Name, "--db", finished.Experiment.Database, "--out", path, "--json").Json.EnumerateArray().ToArray();
        Assert.NotEmpty(front);
        Assert.All(front, member => Assert.InRange(member.GetProperty("top1").GetDouble(), 0, 1));
        Assert.Equal("svg", XDocument.Load(path + ".svg").Root!.Name.LocalName);
        Assert.True(new FileInfo(path + ".png").Length > 1000);
        Assert.StartsWith("%PDF", File.ReadAllText(path + ".pdf"));
        Assert.Equal(front.Length, File.ReadAllLines(path + ".csv").Count(line => line.StartsWith("front,", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllText(Path.Combine(finished.Folder, "front.csv")), File.ReadAllText(path + "-front.csv"));
        string text = Movinet.Done("pareto", "--db", finished.Experiment.Database, "--out", path).Output; // the newest run
        Assert.All(front, member => Assert.Contains(member.GetProperty("genotype").GetString()!, text));
    }

    [Theory]
    [InlineData("feasible", "feasible")]
    [InlineData("best", "mostProbable")]
    [InlineData("knee", null)]
    [InlineData("0:0:0:1:1:0:1:1:2:0:0:1:1:0:1", null)]
    public void A_picked_architecture_is_trained_and_kept(string pick, string? partOfResult)
    {
        using var experiment = finished.Experiment.Copy();
        var model = Movinet.Done("train", "--run", FinishedRun.Name, "--pick", pick, "--db", experiment.Database, "--threads", "1", "--set", "train.epochs=1", "--json").Json;
        string genotype = model.GetProperty("genotype").GetString()!;
        if (partOfResult is not null) Assert.Equal(finished.Best.GetProperty(partOfResult).GetProperty("genotype").GetString(), genotype);
        else if (pick.Contains(':')) Assert.Equal(pick, genotype);
        string name = $"{FinishedRun.Name}-{(pick.Contains(':') ? "pick" : pick)}-1";
        Assert.Equal((name, 36), (model.GetProperty("model").GetString(), model.GetProperty("clips").GetInt32()));
        Assert.Equal(model.GetProperty("right").GetInt32() / 36.0, model.GetProperty("top1").GetDouble(), 1e-12);
        Assert.Equal(["curve.csv", "log.jsonl", "model.json", "model.safetensors", "plan.json"], Directory.GetFiles(Path.Combine(experiment.Results, name)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("there is nothing to resume", Movinet.Refused("train", "--resume", name, "--db", experiment.Database));
    }

    [Fact]
    public void A_training_is_repeated_by_its_seed()
    {
        using var experiment = finished.Experiment.Copy();
        Movinet.Done("train", "--run", FinishedRun.Name, "--name", "again", "--db", experiment.Database, "--threads", "1");
        Movinet.Done("train", "--run", FinishedRun.Name, "--name", "other", "--seed", "5", "--db", experiment.Database, "--threads", "1");
        byte[] Weights(string model) => File.ReadAllBytes(Path.Combine(experiment.Results, model, "model.safetensors"));
        Assert.Equal(Weights(FinishedRun.ModelName), Weights("again"));
        Assert.NotEqual(Weights("again"), Weights("other"));
    }

    [Fact]
    public void Evaluation_finds_what_training_found_whole_and_frame_by_frame()
    {
        JsonElement Eval(params string[] more) => Movinet.Done(["eval", "--checkpoint", finished.Checkpoint, "--threads", "1", "--json", .. more]).Json;
        var whole = Eval();
        Assert.Equal(finished.Training.Json.GetProperty("right").GetInt32(), whole.GetProperty("right").GetInt32());
        Assert.Equal(36, whole.GetProperty("clips").GetInt32());
        Assert.Equal(36, whole.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(cell => cell.GetInt32())));
        var framed = Eval("--frame-by-frame");
        double[] afterFrame = [.. framed.GetProperty("top1AfterFrame").EnumerateArray().Select(top1 => top1.GetDouble())];
        Assert.Equal((4, whole.GetProperty("top1").GetDouble()), (afterFrame.Length, afterFrame[^1]));
        foreach (var field in whole.EnumerateObject()) Assert.Equal(field.Value.GetRawText(), framed.GetProperty(field.Name).GetRawText());
        Assert.Equal(finished.Training.Json.GetProperty("scoreTop1").GetDouble(), Eval("--split", "score").GetProperty("top1").GetDouble());
        Assert.Equal(finished.Training.Json.GetProperty("testTop1").GetDouble(), Eval("--split", "test").GetProperty("top1").GetDouble());
        Assert.Equal(36, Eval("--shuffle-time").GetProperty("clips").GetInt32());
        Assert.Contains("of 36 clips", Movinet.Done("eval", "--checkpoint", Path.Combine(finished.Checkpoint, "model.safetensors"), "--threads", "1").Output);
    }

    [Fact]
    public void A_video_is_classified_frame_by_frame()
    {
        string video = finished.Experiment["video.avi"];
        try
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", $"-nostdin -v error -y -f lavfi -i testsrc=size=64x48:rate=10:duration=1 -c:v mjpeg \"{video}\""))!;
            ffmpeg.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed");
        }

        string[] lines = Movinet.Done("stream", "--checkpoint", finished.Checkpoint, "--video", video, "--threads", "1", "--json").Output.TrimEnd().Split('\n');
        Assert.Equal(10, lines.Length);
        for (int t = 0; t < lines.Length; t++)
        {
            var frame = JsonDocument.Parse(lines[t]).RootElement;
            Assert.Equal(t + 1, frame.GetProperty("frame").GetInt32());
            Assert.True(frame.GetProperty("milliseconds").GetDouble() >= 0);
            double[] top = [.. frame.GetProperty("top").EnumerateArray().Select(label => label.GetProperty("probability").GetDouble())];
            Assert.Equal(top.OrderDescending(), top);
            Assert.InRange(top.Sum(), 3 / 8.0 - 1e-6, 1);
        }

        var text = Movinet.Done("stream", "--checkpoint", finished.Checkpoint, "--video", video, "--threads", "1");
        Assert.Equal(11, text.Output.TrimEnd().Split('\n').Length);
        Assert.Contains("10 frames, median", text.Error);

        // What ten frames left behind is where the next ten begin.
        string state = finished.Experiment["stream.safetensors"];
        string[] stream = ["stream", "--checkpoint", finished.Checkpoint, "--video", video, "--threads", "1", "--json"];
        Movinet.Done([.. stream, "--save-state", state]);
        string again = Movinet.Done([.. stream, "--load-state", state]).Output;
        Assert.NotEqual(Labels(lines[0]), Labels(again.Split('\n')[0]));
        Assert.Equal(Labels(again.Split('\n')[0]), Labels(Movinet.Done([.. stream, "--load-state", state]).Output.Split('\n')[0]));
        Assert.Contains("no state of a stream", Movinet.Refused([.. stream, "--load-state", Path.Combine(finished.Checkpoint, "model.safetensors")]));

        static string Labels(string line) => JsonDocument.Parse(line).RootElement.GetProperty("top").GetRawText();
    }
}
