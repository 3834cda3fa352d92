using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet eval`: measures a trained network on held-out clips.</summary>
internal static class EvalVerb
{
    private static readonly Dictionary<string, Split[]> Splits = new()
    {
        ["score"] = [Split.Score],
        ["test"] = [Split.Test],
        ["score+test"] = [Split.Score, Split.Test],
        ["weights"] = [Split.Weights],
    };

    private static readonly Option<string> Checkpoint = new("--checkpoint") { Description = "A trained network: its folder or file.", HelpName = "path", Required = true };
    private static readonly Option<string> Part = CommonOptions.OneOf("--split", "Which clips.", "score+test", [.. Splits.Keys]);
    private static readonly Option<bool> FrameByFrame = new("--frame-by-frame") { Description = "Stream the clips one frame at a time." };
    private static readonly Option<bool> ShuffleTime = new("--shuffle-time") { Description = "Control: the frames of generated clips in random order." };

    public static Command Create()
    {
        var command = new Command("eval", "Measure a trained network on held-out clips.")
        {
            Checkpoint, Part, FrameByFrame, ShuffleTime, ExperimentOptions.Data, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var device = Devices.Open(parse.GetValue(CommonOptions.Device)!);
        var (network, card) = ModelCheckpoint.Load(parse.GetValue(Checkpoint)!, device);
        using var owned = network;
        if (parse.GetValue(FrameByFrame) && !card.Design.CanStream)
            throw new InputException($"--frame-by-frame needs a causal network; '{card.Name}' is a {card.Design.VariantName} network.");
        var (result, dataset) = interruption.Run(cancellation =>
        {
            var clips = DataOpening.Open(Settings(parse, card), card.Input, terminal, cancellation);
            if (!clips.Classes.SequenceEqual(card.Classes))
                throw new InputException($"'{card.Name}' tells other classes apart ({string.Join(", ", card.Classes)}) than {clips.Name} has ({string.Join(", ", clips.Classes)}).");
            var sum = Splits[parse.GetValue(Part)!]
                .Select(split => Evaluation.Top1(network, clips, split, 32, device, parse.GetValue(FrameByFrame), cancellation))
                .Aggregate((a, b) => a.Plus(b));
            if (sum.Clips == 0) throw new InputException($"data set '{clips.Name}' has no clips in the split {parse.GetValue(Part)}.");
            return (sum, clips);
        });
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new
            {
                Model = card.Name,
                Split = parse.GetValue(Part),
                result.Top1,
                result.Right,
                result.Clips,
                result.MeanClassAccuracy,
                Top1AfterFrame = result.Top1AfterFrame.Count > 0 ? result.Top1AfterFrame : null,
                card.Classes,
                Confusion = card.Classes.Select((_, truth) => card.Classes.Select((_, predicted) => result.Confused(truth, predicted))),
            });
            return ExitCode.Done;
        }

        terminal.Line(FormattableString.Invariant($"{card.Name} on {dataset.Name} ({parse.GetValue(Part)}): top-1 {100 * result.Top1:F1} %, {result.Right} of {result.Clips} clips; mean of the classes {100 * result.MeanClassAccuracy:F1} %"));
        if (result.Top1AfterFrame.Count > 0)
            terminal.Table(["after frame>", "top-1>"], result.Top1AfterFrame.Select((top1, t) => new[] { $"{t + 1}", FormattableString.Invariant($"{100 * top1:F1} %") }));
        terminal.Table(["class", "clips>", "right>", "most taken for"], card.Classes.Select((name, truth) =>
        {
            int[] row = [.. card.Classes.Select((_, predicted) => result.Confused(truth, predicted))];
            int wrong = Enumerable.Range(0, row.Length).Where(i => i != truth).DefaultIfEmpty(truth).MaxBy(i => row[i]);
            return new[] { name, $"{row.Sum()}", $"{row[truth]}", wrong == truth || row[wrong] == 0 ? "" : $"{card.Classes[wrong]} ({row[wrong]})" };
        }));
        return ExitCode.Done;
    }

    private static DataSettings Settings(ParseResult parse, ModelCard card)
    {
        if (card.Experiment.Length == 0)
            throw new InputException($"'{card.Name}' was imported and knows no clips of its own; `movinet predict` asks it about one.");
        var settings = ConfigDocument.Bind($"the plan of '{card.Name}'", card.Experiment, TrainingPlan.Read).Data;
        if (parse.GetValue(ExperimentOptions.Data) is { } folder) settings = settings.At(folder);
        if (!parse.GetValue(ShuffleTime)) return settings;
        return settings is MovingShapesSettings generated
            ? generated with { Options = generated.Options with { IsTimeShuffled = true } }
            : throw new InputException("--shuffle-time is for generated clips (moving-shapes).");
    }
}
