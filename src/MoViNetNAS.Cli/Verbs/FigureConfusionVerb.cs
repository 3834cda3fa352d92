using System.CommandLine;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure confusion`: which class is taken for which, from a stored evaluation.</summary>
internal static class FigureConfusionVerb
{
    private const string Writer = "eval --output FOLDER";

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);
    private static readonly Option<string?> Head = new("--head") { Description = "Of this head, for a network of several (default: the only one).", HelpName = "name" };

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("confusion", "Which class is taken for which.") { Folder, Head });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!, name = EvaluationFiles.ConfusionOf(parse.GetValue(Head));
        if (EvaluationStamp.Read(folder) is { IsOfOtherWeights: true } stamp) throw new InputException(stamp.OtherWeights);
        var table = DataFolder.Read(folder, name + ".csv", Writer, "true", "predicted", "clips");
        var figure = EvaluationFiles.ReadConfusion(FigureOptions.TitleOr(parse, ""), table);
        return FigureOptions.Finish(parse, ConfusionMatrix.Draw(figure, ConfusionMatrix.SizeOf(figure, FigureOptions.Width(parse))), Path.Combine(folder, name));
    }
}
