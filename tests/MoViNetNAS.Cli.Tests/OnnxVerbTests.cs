using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MoViNetNAS.Models;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Tests;

/// <summary>A trained network goes out as ONNX and answers there as it does here.</summary>
[Collection(RunCollection.Name)]
public sealed class OnnxVerbTests(FinishedRun finished) : IDisposable
{
    private const int Frames = 6;
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-onnx-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_video_streams_through_the_file_as_through_the_checkpoint()
    {
        string video = At("video.avi");
        try
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", $"-nostdin -v error -y -f lavfi -i testsrc=size=64x48:rate=10:duration=1 -c:v mjpeg \"{video}\""))!;
            ffmpeg.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed");
        }

        string file = Export();
        string[] Said(params string[] network) => Movinet.Done(["stream", .. network, "--video", video, "--threads", "1", "--json"]).Output.TrimEnd().Split('\n');
        string[] ours = Said("--checkpoint", finished.Checkpoint), theirs = Said("--onnx", file);
        Assert.Equal((10, 10), (ours.Length, theirs.Length));
        foreach (var (a, b) in ours.Zip(theirs)) AssertSameTop(a, b);
        var text = Movinet.Done("stream", "--onnx", file, "--video", video, "--threads", "1");
        Assert.Contains("10 frames, median", text.Error);
        Assert.Equal(11, text.Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void The_file_says_what_it_is_and_where_it_came_from()
    {
        var card = ModelCheckpoint.ReadCard(finished.Checkpoint);
        using var network = OnnxNetwork.Open(Export(), threads: 1);
        JsonElement Json(string key) => JsonDocument.Parse(network.Metadata[key]).RootElement;
        Assert.Equal(("stream", 1, card.Input.Resolution, card.Classes.Count), (network.Metadata["kind"], network.Frames, network.Resolution, network.Classes));
        Assert.Equal(card.Classes, Json("classes").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(FinishedRun.ModelName, Json("lineage").GetProperty("model").GetString());
        Assert.Equal(FinishedRun.Name, Json("lineage").GetProperty("run").GetString());
        Assert.Equal(card.SplitHash, Json("lineage").GetProperty("splitHash").GetString());
        Assert.Equal(JsonValueKind.Number, Json("lineage").GetProperty("seed").ValueKind);
        Assert.Equal(card.Input.FrameStride, Json("preprocessing").GetProperty("frameStride").GetInt32());
        Assert.Equal(JsonDocument.Parse(DesignFile.Write(card.Design).ToJsonString()).RootElement.GetRawText(), network.Metadata["network"]);
        Assert.Equal(64, network.Metadata["weights_sha256"].Length);
    }

    [Theory]
    [InlineData("--frames", "dynamic")]
    [InlineData("--frames", "3")]
    [InlineData("--start", "zeros")]
    [InlineData("--precision", "float16")]
    [InlineData("--whole-clip", null)]
    public void Every_way_of_writing_is_tried_before_it_is_kept(string option, string? value)
    {
        string file = At("network.onnx");
        string[] ask = ["export", "--checkpoint", finished.Checkpoint, "--onnx", file, "--threads", "1", "--json", option, .. value is null ? Array.Empty<string>() : [value]];
        var said = Movinet.Done(ask).Json;
        Assert.True(File.Exists(file));
        Assert.InRange(said.GetProperty("largestDifference").GetDouble(), 0, value == "float16" ? 5e-2 : 1e-4);
        Assert.True(said.GetProperty("comparedFrames").GetInt32() >= 4);
        Assert.Equal(new FileInfo(file).Length, said.GetProperty("bytes").GetInt64());
        Assert.Equal(option == "--whole-clip" ? "clip" : "stream", said.GetProperty("kind").GetString());
        Assert.Single(Directory.GetFiles(_folder)); // nothing is left behind
    }

    [Fact]
    public void A_stream_goes_on_from_a_saved_state()
    {
        string state = At("state.safetensors");
        var (loaded, card) = ModelCheckpoint.Load(finished.Checkpoint, CPU);
        using (loaded)
        using (var start = loaded.InitialState(1, card.Input.Resolution))
        using (no_grad())
        {
            var (logits, next) = loaded.Step(ones([1, 3, 4, card.Input.Resolution, card.Input.Resolution]), start);
            StreamStateFile.Write(state, next);
            logits.Dispose();
            next.Dispose();
        }

        var said = Movinet.Done("export", "--checkpoint", finished.Checkpoint, "--onnx", At("from.onnx"), "--start", state, "--threads", "1", "--json").Json;
        Assert.InRange(said.GetProperty("largestDifference").GetDouble(), 0, 1e-4);
    }

    [Fact]
    public void The_sample_says_what_the_network_says()
    {
        string program = Path.Combine(Repository.Root, "samples", "OnnxStream", "bin", "Release", "net10.0", new DirectoryInfo(AppContext.BaseDirectory).Name, "OnnxStream.dll");
        Assert.SkipUnless(File.Exists(program), "the sample was not built in Release");
        string file = Export();
        using var network = OnnxNetwork.Open(file, threads: 1);
        var random = new RandomStream(5);
        byte[] pixels = [.. Enumerable.Range(0, Frames * network.Resolution * network.Resolution * 3).Select(_ => (byte)random.Below(256))];
        var start = new ProcessStartInfo("dotnet", [program, file]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        using var sample = Process.Start(start)!;
        var errors = sample.StandardError.ReadToEndAsync();
        sample.StandardInput.BaseStream.Write(pixels);
        sample.StandardInput.Close();
        string[] lines = sample.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        sample.WaitForExit();
        Assert.True(sample.ExitCode == 0, errors.Result);

        var (loaded, card) = ModelCheckpoint.Load(finished.Checkpoint, CPU);
        using var owned = loaded;
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var clip = tensor(pixels).view(1, Frames, network.Resolution, network.Resolution, 3).permute(0, 4, 1, 2, 3).to(ScalarType.Float32) / 255;
        var (perFrame, _) = loaded.StepFrames(clip, loaded.InitialState(1, network.Resolution));
        Assert.Equal(Frames, lines.Length);
        for (int t = 0; t < Frames; t++)
        {
            float[] logits = perFrame.select(1, t).contiguous().data<float>().ToArray();
            string[] words = lines[t].TrimEnd().Split(' ');
            Assert.Equal($"{t + 1}", words[0]);
            double most = logits.Max(), tolerance = 1e-4 * logits.Max(Math.Abs);
            Assert.Equal(most, double.Parse(words[^1], CultureInfo.InvariantCulture), tolerance);
            int said = card.Classes.ToList().IndexOf(string.Join(' ', words[1..^1]));
            Assert.InRange(logits[said], most - tolerance, most);
        }
    }

    [Fact]
    public void What_cannot_be_asked_is_said_in_one_sentence()
    {
        string file = At("x.onnx"), checkpoint = finished.Checkpoint;
        Assert.Contains("what should be written?", Movinet.Refused("export", "--checkpoint", checkpoint));
        Assert.Contains("what should be written?", Movinet.Refused("export", "--checkpoint", checkpoint, "--onnx", file, "--weights", At("w")));
        Assert.Contains("which network?", Movinet.Refused("export", "--onnx", file));
        Assert.Contains("do not go together", Movinet.Refused("export", "--checkpoint", checkpoint, "--model", "a0", "--onnx", file));
        Assert.Contains("do not go together", Movinet.Refused("export", "--checkpoint", checkpoint, "--weights", At("w"), "--precision", "float16"));
        Assert.Contains("--frames must be a whole number from 1", Movinet.Refused("export", "--checkpoint", checkpoint, "--onnx", file, "--frames", "some"));
        Assert.Contains("--precision must be one of float32, float16", Movinet.Refused("export", "--checkpoint", checkpoint, "--onnx", file, "--precision", "int8"));
        Assert.Contains("takes MoViNets", Movinet.Refused("export", "--model", "x3d-s", "--onnx", file));
        Assert.Contains("nosuch.safetensors", Movinet.Refused("export", "--checkpoint", checkpoint, "--onnx", file, "--start", At("nosuch.safetensors")));
        Assert.Contains("only streams have a state", Movinet.Refused("export", "--checkpoint", checkpoint, "--onnx", file, "--whole-clip", "--start", "zeros"));
        Assert.False(File.Exists(file));

        Assert.Contains("which network?", Movinet.Refused("stream", "--video", "v.avi"));
        Assert.Contains("do not go together", Movinet.Refused("stream", "--onnx", file, "--checkpoint", checkpoint, "--video", "v.avi"));
        Assert.Contains("there is no file", Movinet.Refused("stream", "--onnx", file, "--video", "v.avi"));
        Movinet.Done("export", "--checkpoint", checkpoint, "--onnx", file, "--whole-clip", "--threads", "1");
        Assert.Contains("takes whole clips", Movinet.Refused("stream", "--onnx", file, "--video", "v.avi"));
        Movinet.Done("export", "--checkpoint", checkpoint, "--onnx", file, "--frames", "2", "--threads", "1");
        Assert.Contains("takes 2 frames a step", Movinet.Refused("stream", "--onnx", file, "--video", "v.avi"));
    }

    private string Export()
    {
        string file = At("stream.onnx");
        Movinet.Done("export", "--checkpoint", finished.Checkpoint, "--onnx", file, "--threads", "1");
        return file;
    }

    private string At(string name) => Path.Combine(_folder, name);

    // The same classes in the same order, with probabilities to four digits.
    private static void AssertSameTop(string ours, string theirs)
    {
        var (a, b) = (Top(ours), Top(theirs));
        Assert.Equal(a.Select(entry => entry.Label), b.Select(entry => entry.Label));
        foreach (var (x, y) in a.Zip(b)) Assert.Equal(x.Probability, y.Probability, 1e-4);
    }

    private static (string Label, double Probability)[] Top(string line) =>
    [
        .. JsonDocument.Parse(line).RootElement.GetProperty("top").EnumerateArray()
            .Select(entry => (entry.GetProperty("label").GetString()!, entry.GetProperty("probability").GetDouble())),
    ];
}
