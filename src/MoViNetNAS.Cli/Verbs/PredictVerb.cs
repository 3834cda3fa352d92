using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Predict;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet predict`: what a network says about one clip.</summary>
internal static class PredictVerb
{
    private const int TopCount = 5;
    private static readonly Option<string?> Checkpoint = new("--checkpoint") { Description = "A trained or imported network: its folder or file.", HelpName = "path" };
    private static readonly Option<string[]> Weights = new("--weights")
    {
        Description = "Weights for --model: safetensors, or a PyTorch state dict (.pt); once for each network of a6. Without: fresh ones.",
        HelpName = "file",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Clip = new("--clip")
    {
        Description = "A clip: .npy [T, S, S, 3] of uint8 or of float32 in [0, 1], or any video that ffmpeg reads.",
        HelpName = "file",
        Required = true,
    };

    private static readonly Option<bool> FrameByFrame = new("--frame-by-frame") { Description = "The logits after every frame; needs a causal network." };

    public static Command Create()
    {
        var command = new Command("predict", "What a network says about a clip: logits and the five likeliest classes.")
        {
            Checkpoint, Clip, FrameByFrame, Weights, CommonOptions.Seed, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        foreach (var option in NetworkOptions.All) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var device = Devices.Open(parse.GetValue(CommonOptions.Device)!);
        string path = parse.GetValue(Clip)!;
        if (!File.Exists(path)) throw new InputException($"--clip: there is no file {path}{NearestName.FileEnd(path)}");
        using var asked = Open(parse, device);
        bool isFrameByFrame = parse.GetValue(FrameByFrame);
        if (isFrameByFrame) RequireStreams(asked, path);
        interruption.Run(cancellation =>
        {
            var clips = asked.Networks.Select((_, i) => Read(parse, asked, i, path, isFrameByFrame, terminal, cancellation)).ToList();
            if (asked.HasFreshWeights) terminal.Note("no --weights: nobody trained this network, so its answer only shows that it runs.");
            float[][] logits = Mean([.. asked.Networks.Zip(clips, (network, clip) => ClipPrediction.Of(network, clip, device, isFrameByFrame, cancellation))]);
            Write(terminal, parse, asked, clips[0], logits, isFrameByFrame);
            return 0;
        });
        return ExitCode.Done;
    }

    private static AskedNetworks Open(ParseResult parse, Device device)
    {
        if (parse.GetValue(Checkpoint) is not { } checkpoint)
        {
            if (parse.GetValue(NetworkOptions.Model) is null && parse.GetValue(NetworkOptions.Space) is null)
                throw new InputException("which network? Give --checkpoint PATH, or --model NAME (with --weights FILE).");
            return AskedNetworks.ByName(parse, parse.GetValue(Weights)!, parse.GetValue(CommonOptions.Seed), device);
        }

        ExperimentOptions.RequireAlone(
            parse, "--checkpoint", NetworkOptions.Model, NetworkOptions.Space, NetworkOptions.Genotype, NetworkOptions.Variant, NetworkOptions.Switch,
            NetworkOptions.Classes, Weights, CommonOptions.Seed);
        return AskedNetworks.OfCheckpoint(checkpoint, device);
    }

    private static void RequireStreams(AskedNetworks asked, string path)
    {
        if (asked.Networks.FirstOrDefault(network => !network.Design.CanStream) is { } whole)
            throw new InputException($"--frame-by-frame needs a causal network; {whole.Design.Name} is a {whole.Design.VariantName} network (with --model, try --variant stream).");
        if (asked.Networks.Count > 1 && !ClipReader.IsNpy(path))
            throw new InputException("--frame-by-frame: the networks of a6 take frames of a video at different rates; give an .npy clip.");
    }

    private static NpyClip Read(
        ParseResult parse, AskedNetworks asked, int member, string path, bool isFrameByFrame, Terminal terminal, CancellationToken cancellation)
    {
        var design = asked.Networks[member].Design;
        if (ClipReader.IsNpy(path))
        {
            if (parse.GetValue(NetworkOptions.Frames) is not null || parse.GetValue(NetworkOptions.Resolution) is not null)
                throw new InputException("--frames and --resolution are for videos; an .npy clip is taken as it is.");
            return ClipReader.OfNpy(path, design);
        }

        var own = asked.Card?.Input ?? design.Input;
        var input = own with
        {
            Frames = parse.GetValue(NetworkOptions.Frames) ?? own.Frames,
            Resolution = parse.GetValue(NetworkOptions.Resolution) ?? own.Resolution,
        };
        var (fit, margin) = CardVideos.Of(asked.Card, input);
        return ClipReader.OfVideo(path, input, fit, margin, isFrameByFrame, terminal.Note, cancellation);
    }

    private static float[][] Mean(IReadOnlyList<float[][]> ofMembers) =>
        [.. Enumerable.Range(0, ofMembers[0].Length).Select(t => ofMembers[0][t].Select((_, c) => ofMembers.Average(member => member[t][c])).ToArray())];

    private static void Write(Terminal terminal, ParseResult parse, AskedNetworks asked, NpyClip clip, float[][] logits, bool isFrameByFrame)
    {
        var top = RankedClass.Top(logits[^1], asked.Labels, asked.Card?.Heads, TopCount);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new
            {
                Model = asked.Name,
                Variant = asked.Networks[0].Design.VariantName,
                asked.Weights,
                Clip = parse.GetValue(Clip),
                clip.Frames,
                Resolution = clip.Height,
                Logits = logits[^1],
                Top = top,
                PerFrame = isFrameByFrame ? logits.Select((said, t) => new { Frame = t + 1, Logits = said, Top = RankedClass.Top(said, asked.Labels, asked.Card?.Heads, TopCount) }) : null,
            });
            return;
        }

        terminal.Line($"{asked.Name} {asked.Networks[0].Design.VariantName}, {clip.Frames} frames of {clip.Height}x{clip.Width}");
        if (isFrameByFrame)
        {
            terminal.Table(["frame>", "class", "logit>", "probability>"], logits.SelectMany((said, t) =>
                RankedClass.Top(said, asked.Labels, asked.Card?.Heads, 1).Select(ranked => Row(ranked).Prepend($"{t + 1}").ToArray())));
            terminal.Line("after the last frame:");
        }

        terminal.Table(["class", "logit>", "probability>"], top.Select(Row));
    }

    private static string[] Row(RankedClass ranked) =>
        [ranked.Title, FormattableString.Invariant($"{ranked.Logit:F4}"), FormattableString.Invariant($"{100 * ranked.Probability:F2} %")];
}
