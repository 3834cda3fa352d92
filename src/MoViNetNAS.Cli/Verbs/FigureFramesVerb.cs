using System.CommandLine;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

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
        string[] folders = parse.GetValue(Folders)!;
        FrameAccuracyFigure[] figures = [.. folders.Select(folder => EvaluationFiles.ReadFrames(DataFolder.Read(folder, EvaluationFiles.Frames + ".csv", Writer, "network", "frame", "clips", "right")))];
        var all = new FrameAccuracyFigure(FigureOptions.TitleOr(parse, ""), [.. figures.SelectMany(figure => figure.Series)]);
        return FigureOptions.Finish(parse, AccuracyPerFrame.Draw(all, FigureOptions.SizeOf(parse)), Path.Combine(folders[0], EvaluationFiles.Frames));
    }
}
