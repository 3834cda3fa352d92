using System.CommandLine;
using MoViNetNAS.Cli.Compare;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure quality`: the best so far over compute, of the methods of a comparison.</summary>
internal static class FigureQualityVerb
{
    private static readonly Argument<string> Folder = DataFolder.Argument(ComparisonCurves.Writer);
    private static readonly Option<bool> Reward = new("--reward") { Description = "The values are rewards: of a comparison that has a beta." };

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("quality", "The best so far over compute, of the methods of a comparison.") { Folder, Reward });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        var figure = ComparisonCurves.Load(folder).Quality(parse.GetValue(Reward)) with { Title = FigureOptions.TitleOr(parse, "") };
        return FigureOptions.Finish(parse, AnytimePlot.Draw(figure, FigureOptions.SizeOf(parse)), Path.Combine(folder, ComparisonCurves.QualityPicture));
    }
}
