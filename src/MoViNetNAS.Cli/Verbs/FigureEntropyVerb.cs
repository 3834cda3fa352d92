using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure entropy`: where and when the policy of a search decided.</summary>
internal static class FigureEntropyVerb
{
    public static Command Create()
    {
        var command = FigureOptions.With(new Command("entropy", "Entropy of every decision over the steps of a search.") { StoredRun.Name, CommonOptions.Database });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var run = StoredRun.Of(parse);
        using var reader = new StreamReader(run.Require(run.Folder.Controller));
        var figure = EntropyFigure.Of(FigureOptions.TitleOr(parse, run.Record.Name), run.Space, ControllerCsv.Read(reader, run.Folder.Controller));
        return FigureOptions.Finish(parse, EntropyHeatMap.Draw(figure, EntropyHeatMap.SizeOf(figure, FigureOptions.Width(parse))), Path.Combine(run.Folder.Path, "entropy"));
    }
}
