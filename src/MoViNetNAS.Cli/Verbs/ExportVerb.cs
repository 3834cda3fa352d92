using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MoViNetNAS.Cli.Onnx;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Models;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet export`: a network's weights in the names of the PyTorch port, or the network as an ONNX file.</summary>
internal static class ExportVerb
{
    private const string Dynamic = "dynamic", Given = "given", Zeros = "zeros";
    private const int MostFrames = 10_000;

    private static readonly Dictionary<string, PortLayout?> Layouts = new()
    {
        ["usual"] = null,
        ["conv2d"] = PortLayout.Conv2d,
        ["conv3d"] = PortLayout.Conv3d,
    };

    private static readonly Dictionary<string, OnnxPrecision> Precisions = new()
    {
        ["float32"] = OnnxPrecision.Float32,
        ["float16"] = OnnxPrecision.Float16,
    };

    private static readonly Option<string?> Checkpoint = new("--checkpoint") { Description = "A trained or imported network: its folder or file.", HelpName = "path" };
    private static readonly Option<string?> Weights = new("--weights") { Description = "The safetensors file to write, under the names of the PyTorch port.", HelpName = "file" };
    private static readonly Option<string?> Onnx = new("--onnx") { Description = "The ONNX file to write; it is tried in OnnxRuntime first.", HelpName = "file" };
    private static readonly Option<string> Layout = CommonOptions.OneOf(
        "--layout", "With --weights: kernels of four axes (conv2d: 2plus1d) or five (conv3d: 3d, 3d_2plus1d); usual: as the port has the variant.", "usual", [.. Layouts.Keys]);

    private static readonly Option<string?> Frames = new("--frames")
    {
        Description = "With --onnx: frames of a clip or of a stream's step, a number or 'dynamic' (default: a stream's 1, a clip's own).",
        HelpName = $"number|{Dynamic}",
        CustomParser = ParseFrames,
    };

    private static readonly Option<bool> WholeClip = new("--whole-clip") { Description = "With --onnx: write a causal network for whole clips, without states." };
    private static readonly Option<string> Precision = CommonOptions.OneOf("--precision", "With --onnx: numbers of weights and activations.", "float32", [.. Precisions.Keys]);
    private static readonly Option<string> Start = new("--start")
    {
        Description = "With --onnx: where a stream begins when the caller gives no state: zeros, or a file of `movinet stream --save-state`; given: it must.",
        HelpName = $"{Given}|{Zeros}|file",
        DefaultValueFactory = _ => Given,
    };

    public static Command Create()
    {
        var command = new Command("export", "Write a network's weights under the names of the PyTorch port, or the network as ONNX.")
        {
            Checkpoint, Weights, Layout, Onnx, Frames, NetworkOptions.Resolution, WholeClip, Precision, Start,
            NetworkOptions.Model, NetworkOptions.Space, NetworkOptions.Genotype, NetworkOptions.Variant, NetworkOptions.Switch, NetworkOptions.Classes,
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        if ((parse.GetValue(Weights) is null) == (parse.GetValue(Onnx) is null))
            throw new InputException("what should be written? Give --weights FILE for the names of the PyTorch port, or --onnx FILE.");
        var terminal = Terminal.Of(parse);
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        if (parse.GetValue(Onnx) is { } onnx) WriteOnnx(parse, terminal, onnx);
        else WriteWeights(parse, terminal, parse.GetValue(Weights)!);
        return ExitCode.Done;
    }

    private static void WriteWeights(ParseResult parse, Terminal terminal, string file)
    {
        ExperimentOptions.RequireAlone(
            parse, "--weights", Frames, NetworkOptions.Resolution, WholeClip, Precision, Start, NetworkOptions.Model, NetworkOptions.Space,
            NetworkOptions.Genotype, NetworkOptions.Variant, NetworkOptions.Switch, NetworkOptions.Classes, CommonOptions.Seed);
        string checkpoint = parse.GetValue(Checkpoint) ?? throw new InputException("which network? Give --checkpoint PATH.");
        var (loaded, card) = ModelCheckpoint.Load(checkpoint, CPU);
        using var owned = loaded;
        if (loaded is not MoViNet network)
            throw new InputException($"'{card.Name}' is a {card.Design.Name}; the names of the PyTorch port are known for MoViNets.");
        var layout = Layouts[parse.GetValue(Layout)!];
        if (layout == PortLayout.Conv2d && !network.Variant.IsSplit)
            throw new InputException($"--layout conv2d: '{card.Name}' is of the variant {network.Variant.Name}, whose kernels span space and time at once and have five axes.");
        var tensors = PortWeights.Export(network, layout);
        SafetensorsFile.Write(file, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        foreach (var (_, tensor) in tensors) tensor.Dispose();
        var written = layout ?? PortNames.UsualLayout(network.Variant);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(new { file, tensors = tensors.Count, layout = written == PortLayout.Conv3d ? "conv3d" : "conv2d" });
        else terminal.Line($"{tensors.Count} tensors of {card.Name} to {file}");
    }

    private static void WriteOnnx(ParseResult parse, Terminal terminal, string file)
    {
        ExperimentOptions.RequireAlone(parse, "--onnx", Layout);
        var (network, card, about, input) = Open(parse, terminal);
        using var owned = network;
        var usual = OnnxOptions.Of(network.Design, input with { Resolution = parse.GetValue(NetworkOptions.Resolution) ?? input.Resolution });
        bool isStream = usual.IsStream && !parse.GetValue(WholeClip);
        string start = parse.GetValue(Start)!;
        using var state = start is Given or Zeros ? null : StreamStateFile.Read(start, network);
        var options = usual with
        {
            IsStream = isStream,
            Frames = parse.GetValue(Frames) is { } asked
                ? asked == Dynamic ? null : int.Parse(asked, CultureInfo.InvariantCulture)
                : isStream ? 1 : input.Frames,
            Precision = Precisions[parse.GetValue(Precision)!],
            Start = start switch { Given => OnnxStart.Given, Zeros => OnnxStart.Zeros, _ => OnnxStart.State },
            StartState = state,
        };
        var comparison = OnnxFile.Write(
            file, network, options, about.ToMetadata(options.Resolution, card), parse.GetValue(CommonOptions.Threads), parse.GetValue(CommonOptions.Seed));
        long bytes = new FileInfo(file).Length;
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new
            {
                File = file,
                Bytes = bytes,
                Kind = isStream ? "stream" : "clip",
                options.Frames,
                options.Resolution,
                Precision = parse.GetValue(Precision),
                ComparedFrames = comparison.Frames,
                comparison.LargestDifference,
            });
            return;
        }

        string frames = options.Frames is { } count ? $"{count} frame{(count == 1 ? "" : "s")}" : "any number of frames";
        terminal.Line($"{about.Name} to {file}: {(isStream ? "streams" : "whole clips")}, {frames} of {options.Resolution}x{options.Resolution}, {Units.Bytes(bytes)}");
        terminal.Line(FormattableString.Invariant(
            $"over {comparison.Frames} random frames OnnxRuntime's logits differ from ours by {comparison.LargestDifference:0.0e+0} of the largest at most"));
    }

    private static (VideoNetwork Network, ModelCard? Card, OnnxCard About, InputShape Input) Open(ParseResult parse, Terminal terminal)
    {
        if (parse.GetValue(Checkpoint) is { } checkpoint)
        {
            ExperimentOptions.RequireAlone(
                parse, "--checkpoint", NetworkOptions.Model, NetworkOptions.Space, NetworkOptions.Genotype, NetworkOptions.Variant, NetworkOptions.Switch,
                NetworkOptions.Classes);
            var (network, card) = ModelCheckpoint.Load(checkpoint, CPU);
            return (network, card, OnnxCard.Of(card), card.Input);
        }

        if (parse.GetValue(NetworkOptions.Model) is null && parse.GetValue(NetworkOptions.Space) is null)
            throw new InputException("which network? Give --checkpoint PATH, or --model NAME for one with fresh weights.");
        var chosen = NetworkOptions.Read(parse);
        terminal.Note("nobody trained this network: its file is for measuring time and size.");
        var first = new FirstWeights(new RandomStream(parse.GetValue(CommonOptions.Seed)).Derive("init"), OnnxFile.FreshResidualScale);
        return (VideoNetwork.Of(chosen.Design, chosen.Classes, first), null, OnnxCard.Of(chosen), chosen.Input);
    }

    private static string? ParseFrames(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text == Dynamic || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int frames) && frames is >= 1 and <= MostFrames)) return text;
        result.AddError($"--frames must be a whole number from 1 to {MostFrames} or '{Dynamic}', not '{text}'.");
        return null;
    }
}
