using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure choices`: how the policy of a search came to its choices.</summary>
internal static class FigureChoicesVerb
{
    public static Command Create()
    {
        var command = FigureOptions.With(new Command("choices", "Probabilities of the policy's options over the steps of a search.") { StoredRun.Name, CommonOptions.Database });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var run = StoredRun.Of(parse);
        string file = run.Require(run.Folder.Logits);
        var figure = ChoiceFigure.Of(FigureOptions.TitleOr(parse, run.Record.Name), run.Space, File.ReadAllLines(file), file);
        return FigureOptions.Finish(parse, ChoiceHeatMap.Draw(figure, ChoiceHeatMap.SizeOf(figure, FigureOptions.Width(parse))), Path.Combine(run.Folder.Path, "choices"));
    }
}
