using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure curves`: quality, reward, cost and entropy over the steps of a search.</summary>
internal static class FigureCurvesVerb
{
    public static Command Create()
    {
        var command = FigureOptions.With(new Command("curves", "Quality, reward, cost and entropy over the steps of a search.") { StoredRun.Name, CommonOptions.Database });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var run = StoredRun.Of(parse);
        using var reader = new StreamReader(run.Require(run.Folder.Controller));
        var figure = new CurvesFigure(FigureOptions.TitleOr(parse, run.Record.Name), ControllerCsv.Read(reader, run.Folder.Controller));
        return FigureOptions.Finish(parse, SearchCurves.Draw(figure, SearchCurves.DefaultSize with { Width = FigureOptions.Width(parse) }), run.Folder.Curves);
    }
}
