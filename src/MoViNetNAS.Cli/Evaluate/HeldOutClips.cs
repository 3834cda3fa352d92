using System.CommandLine;
using System.CommandLine.Parsing;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Evaluate;

/// <summary>The options that say on which clips trained networks are measured, and how they are shown.</summary>
internal static class HeldOutClips
{
    private static readonly Dictionary<string, Split[]> Splits = new()
    {
        ["score"] = [Split.Score],
        ["test"] = [Split.Test],
        ["score+test"] = [Split.Score, Split.Test],
        ["weights"] = [Split.Weights],
    };

    private static readonly Option<string> Part = CommonOptions.OneOf("--split", "Which clips.", "score+test", [.. Splits.Keys]);
    private static readonly Option<bool> FrameByFrame = new("--frame-by-frame") { Description = "Stream the clips one frame at a time." };
    private static readonly Option<bool> ShuffleTime = new("--shuffle-time") { Description = "Control: the frames of each clip in random order." };

    private static readonly Option<string> Views = new("--views")
    {
        Description = "Clips of each video, windows in time x crops (1 or 3); their probabilities are averaged: 10x3, 10x1.",
        HelpName = "NxM",
        DefaultValueFactory = _ => "1x1",
    };

    private static readonly Option<string?> Experiment = new("--experiment") { Description = "Take the data of this experiment, not those of the training.", HelpName = "file" };

    /// <summary>All of them.</summary>
    public static IEnumerable<Option> All => [Part, Views, FrameByFrame, ShuffleTime, Experiment, ExperimentOptions.Data];

    /// <summary>The name of the chosen clips.</summary>
    public static string PartName(ParseResult parse) => parse.GetValue(Part)!;

    /// <summary>How the clips are shown.</summary>
    /// <exception cref="InputException">Views that do not exist, or several of a stream.</exception>
    public static EvaluationOptions Read(ParseResult parse)
    {
        string text = parse.GetValue(Views)!;
        string[] parts = text.Split('x');
        if (parts.Length != 2 || !int.TryParse(parts[0], out int windows) || windows is < 1 or > 1000 || !int.TryParse(parts[1], out int crops) || crops is not (1 or 3))
            throw new InputException($"--views must be windows x crops, 1-1000 windows and 1 or 3 crops, for example 10x3, not '{text}'.");
        var options = new EvaluationOptions { IsFrameByFrame = parse.GetValue(FrameByFrame), Windows = windows, Crops = crops };
        return options is { IsFrameByFrame: true, Views: > 1 } ? throw new InputException("--frame-by-frame shows each video once: leave out --views.") : options;
    }

    /// <summary>The data that <paramref name="card"/>'s network was trained on, or those of the experiment that was asked for.</summary>
    /// <exception cref="InputException">There are none, or they cannot be shuffled.</exception>
    public static DataSettings Settings(ParseResult parse, ModelCard card)
    {
        var settings = Chosen(parse, card);
        if (parse.GetValue(ExperimentOptions.Data) is { } folder) settings = settings.At(folder);
        return parse.GetValue(ShuffleTime) ? Shuffled(settings) : settings;
    }

    /// <summary>The same clips, each with its frames in random order.</summary>
    public static DataSettings Shuffled(DataSettings settings) => settings switch
    {
        MovingShapesSettings generated => generated with { Options = generated.Options with { IsTimeShuffled = true } },
        VideoFolderSettings videos => videos with { ShuffleTime = true },
        _ => throw new InvalidOperationException($"Clips of {settings.GetType().Name} have no order to shuffle."),
    };

    /// <summary>What <paramref name="members"/> say of the chosen clips, measured.</summary>
    /// <exception cref="InputException">There are no such clips.</exception>
    public static EvaluationResult Measure(
        ParseResult parse, IReadOnlyList<EvaluationMember> members, TorchSharp.torch.Device device, CancellationToken cancellation)
    {
        return new EvaluationResult(Say(members, PartName(parse), Read(parse), device, cancellation));
    }

    /// <summary>What <paramref name="members"/> say of the clips called <paramref name="part"/>.</summary>
    /// <exception cref="InputException">There are no such clips.</exception>
    public static Predictions Say(
        IReadOnlyList<EvaluationMember> members, string part, EvaluationOptions options, TorchSharp.torch.Device device, CancellationToken cancellation)
    {
        var said = Splits[part].Select(split => Evaluation.Of(members, split, options, device, cancellation)).Aggregate((a, b) => a.Plus(b));
        return said.Items.Count > 0 ? said : throw new InputException($"data set '{members[0].Dataset.Name}' has no clips in the split {part}.");
    }

    /// <summary>Refuses clips that <paramref name="card"/>'s network was not made for.</summary>
    /// <exception cref="InputException">The classes differ, or what they answer.</exception>
    public static void RequireClasses(ModelCard card, IClipDataset clips)
    {
        if (clips.Classes.SequenceEqual(card.Classes) && !clips.Heads.SequenceEqual(card.Heads))
            throw new InputException($"'{card.Name}' was trained for the heads {Described(card.Heads)}; {clips.Name} has {Described(clips.Heads)}.");
        if (!clips.Classes.SequenceEqual(card.Classes))
            throw new InputException($"'{card.Name}' tells other classes apart ({string.Join(", ", card.Classes)}) than {clips.Name} has ({string.Join(", ", clips.Classes)}).");
    }

    private static string Described(IEnumerable<LabelHead> heads) =>
        string.Join(", ", heads.Select(head => $"{head.Name} ({(head.IsMultiLabel ? "any number" : "one")} of {head.Count})"));

    private static DataSettings Chosen(ParseResult parse, ModelCard card)
    {
        if (parse.GetValue(Experiment) is { } file) return Training.Experiment.Load(file).Data;
        if (card.Experiment.Length == 0)
            throw new InputException($"'{card.Name}' was imported and knows no clips of its own: give --experiment FILE with data, or ask it about one clip with `movinet predict`.");
        return ConfigDocument.Bind($"the plan of '{card.Name}'", card.Experiment, TrainingPlan.Read).Data;
    }
}
