using System.CommandLine;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Onnx;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Predict;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet stream`: classifies a video frame by frame, as a camera would be.</summary>
internal static class StreamVerb
{
    private const int TopCount = 3;
    private static readonly Option<string[]> Checkpoint = new("--checkpoint")
    {
        Description = "A trained causal network: its folder or file; several are an ensemble, whose logits are averaged.",
        HelpName = "path",
        DefaultValueFactory = _ => [],
    };
    private static readonly Option<string?> Onnx = new("--onnx")
    {
        Description = "Instead of --checkpoint: a file of `movinet export --onnx`, which runs in OnnxRuntime.",
        HelpName = "file",
    };
    private static readonly Option<string> Video = new("--video") { Description = "Any video that ffmpeg reads.", HelpName = "file", Required = true };

    private static readonly Option<string?> LoadState = new("--load-state") { Description = "Go on where an earlier stream stood.", HelpName = "file" };
    private static readonly Option<string?> SaveState = new("--save-state") { Description = "Write where the stream stands at the end.", HelpName = "file" };

    public static Command Create()
    {
        var command = new Command("stream", "Classify a video frame by frame, with milliseconds per frame.")
        {
            Checkpoint, Onnx, EnsembleVerb.Sharing, Video, LoadState, SaveState, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        bool isJson = parse.GetValue(CommonOptions.Json);
        string[] paths = parse.GetValue(Checkpoint)!;
        if (parse.GetValue(Onnx) is { } onnx) return RunOnnx(parse, onnx, terminal, isJson, interruption);
        if (paths.Length == 0) throw new InputException("which network? Give --checkpoint PATH, or --onnx FILE.");
        var device = Devices.Open(parse.GetValue(CommonOptions.Device)!);
        if (paths.Length == 1) ExperimentOptions.RequireAlone(parse, "a single --checkpoint", EnsembleVerb.Sharing);
        else ExperimentOptions.RequireAlone(parse, "an ensemble", LoadState, SaveState);
        using var ensemble = new EnsembleMembers(paths, EnsembleVerb.ReadSharing(parse), device);
        if (ensemble.Cards.FirstOrDefault(card => !card.Design.CanStream) is { } whole)
            throw new InputException($"'{whole.Name}' is a {whole.Design.VariantName} network, which needs whole clips; train it with train.variant stream or causal to stream.");
        ensemble.RequireStream();
        var times = interruption.Run(cancellation => Stream(parse, ensemble, device, terminal, isJson, cancellation));
        return End(parse, terminal, times, ensemble.Cost().StreamStateBytes);
    }

    private static int RunOnnx(ParseResult parse, string path, Terminal terminal, bool isJson, Interruption interruption)
    {
        ExperimentOptions.RequireAlone(parse, "--onnx", Checkpoint, EnsembleVerb.Sharing, LoadState, SaveState, CommonOptions.Device);
        using var network = OnnxNetwork.Open(path, parse.GetValue(CommonOptions.Threads));
        if (!network.IsStream) throw new InputException($"{path} takes whole clips and cannot stream; export a causal network, without --whole-clip.");
        if (network.Frames is > 1) throw new InputException($"{path} takes {network.Frames} frames a step; `movinet stream` gives one: export with --frames 1 or --frames dynamic.");
        var card = OnnxCard.Read(path, network.Metadata);
        using var classifier = new OnnxFrames(network);
        var times = interruption.Run(cancellation =>
        {
            var measured = new List<double>();
            var frames = VideoFrames.Read(
                parse.GetValue(Video)!, network.Resolution, card.Fit, card.CropMargin, card.FrameStride, terminal.Note, cancellation: cancellation);
            Classify(classifier, frames, terminal, card.Classes, card.Heads, measured, isJson);
            return measured;
        });
        return End(parse, terminal, times, network.StateBytes);
    }

    private static int End(ParseResult parse, Terminal terminal, List<double> times, long stateBytes)
    {
        if (times.Count == 0) throw new InputException($"{parse.GetValue(Video)}: no frames.");
        terminal.Note(FormattableString.Invariant(
            $"{times.Count} frames, median {times.Order().ElementAt(times.Count / 2):F2} ms per frame (network only), state {Units.Bytes(stateBytes)}"));
        return ExitCode.Done;
    }

    private static List<double> Stream(
        ParseResult parse, EnsembleMembers ensemble, Device device, Terminal terminal, bool isJson, CancellationToken cancellation)
    {
        var times = new List<double>();
        var card = ensemble.Cards[0];
        ICarriedFrames[] members = [.. ensemble.Networks.Select(network => Open(network, card.Input, device))];
        using IFrameClassifier classifier = members.Length == 1 ? members[0] : new EnsembleFrames(members, ensemble.Shares);
        if (parse.GetValue(LoadState) is { } saved)
        {
            using var state = StreamStateFile.Read(saved, ensemble.Networks[0]);
            if (state.Batch != 1 || state.Resolution != card.Input.Resolution)
                throw new InputException($"--load-state: {saved} is of {state.Batch} streams of {state.Resolution}x{state.Resolution}; '{card.Name}' streams 1 of {card.Input.Resolution}x{card.Input.Resolution}.");
            members[0].Restore(state);
        }

        Classify(classifier, Frames(parse, card, ensemble.Watched!.FrameStride, terminal, cancellation), terminal, card.Classes, card.Heads, times, isJson);

        if (parse.GetValue(SaveState) is { } path && times.Count > 0)
        {
            using var state = members[0].State();
            StreamStateFile.Write(path, state);
        }

        return times;
    }

    private static void Classify(
        IFrameClassifier classifier, IEnumerable<byte[]> frames, Terminal terminal, IReadOnlyList<string>? classes, IReadOnlyList<LabelHead> heads,
        List<double> times, bool isJson)
    {
        foreach (byte[] frame in frames)
        {
            float[] logits = classifier.Classify(frame, out var elapsed);
            times.Add(elapsed.TotalMilliseconds);
            Print(terminal, times.Count, times[^1], RankedClass.Top(logits, classes, heads, TopCount), isJson);
        }
    }

    private static ICarriedFrames Open(VideoNetwork network, InputShape input, Device device) =>
        device.type == DeviceType.CPU && !LibtorchPath.IsOn && CompiledNetwork.Takes(network)
            ? new CompiledFrames((MoViNet)network, input.Resolution)
            : new ModuleFrames(network, input, device);

    private static IEnumerable<byte[]> Frames(ParseResult parse, ModelCard card, int stride, Terminal terminal, CancellationToken cancellation)
    {
        // Frames are made as the evaluation transform of the training made them.
        var (fit, margin) = CardVideos.Of(card, card.Input);
        return VideoFrames.Read(
            parse.GetValue(Video)!, card.Input.Resolution, fit, margin, stride,
            terminal.Note, cancellation: cancellation);
    }

    private static void Print(Terminal terminal, int frame, double milliseconds, IReadOnlyList<RankedClass> top, bool isJson)
    {
        if (isJson)
        {
            terminal.Line(System.Text.Json.JsonSerializer.Serialize(new
            {
                frame,
                milliseconds = Math.Round(milliseconds, 3),
                top = top.Select(p => new { label = p.Label, probability = p.Probability }),
            }));
            return;
        }

        if (frame == 1) terminal.Line($"{"frame",6}  {"ms",8}  prediction"); // only now it is sure that there are frames
        terminal.Line(FormattableString.Invariant($"{frame,6}  {milliseconds,8:F2}  {string.Join("  ", top.Select(p => FormattableString.Invariant($"{p.Label ?? $"class {p.Index}"} {100 * p.Probability:F1} %")))}"));
    }
}
