using System.CommandLine;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure frames`: accuracy of streams after each frame, from stored evaluations.</summary>
internal static class FigureFramesVerb
{
    private const string Writer = "eval --frame-by-frame --output FOLDER";

    private static readonly Argument<string[]> Folders = new("folder") { Description = $"Folders that `movinet {Writer}` wrote, a line each.", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("frames", "Accuracy after each frame, with intervals.") { Folders });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string[] folders = [.. parse.GetValue(Folders)!.Distinct()];
        var others = folders.Select(EvaluationStamp.Read).OfType<EvaluationStamp>().Where(stamp => stamp.IsOfOtherWeights).ToDictionary(stamp => stamp.Folder);
        if (folders.All(others.ContainsKey)) throw new InputException(string.Join('\n', folders.Select(folder => others[folder].OtherWeights)));
        foreach (var other in others.Values) Terminal.Of(parse).Note($"left out: {other.OtherWeights}");
        folders = [.. folders.Where(folder => !others.ContainsKey(folder))];
        FrameAccuracyFigure[] figures = [.. folders.Select(folder => EvaluationFiles.ReadFrames(DataFolder.Read(folder, EvaluationFiles.Frames + ".csv", Writer, "network", "frame", "clips", "right")))];
        var all = new FrameAccuracyFigure(FigureOptions.TitleOr(parse, ""), [.. figures.SelectMany(figure => figure.Series)]);
        return FigureOptions.Finish(parse, AccuracyPerFrame.Draw(all, FigureOptions.SizeOf(parse)), Path.Combine(folders[0], EvaluationFiles.Frames));
    }
}
