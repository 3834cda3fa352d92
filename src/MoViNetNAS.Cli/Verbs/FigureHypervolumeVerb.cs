using System.CommandLine;
using MoViNetNAS.Cli.Compare;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure hypervolume`: the hypervolume of all that was evaluated over compute, of the methods of a comparison.</summary>
internal static class FigureHypervolumeVerb
{
    private static readonly Argument<string> Folder = DataFolder.Argument(ComparisonCurves.Writer);

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("hypervolume", "Hypervolume over compute, of the methods of a comparison.") { Folder });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        var figure = ComparisonCurves.Load(folder).Hypervolume with { Title = FigureOptions.TitleOr(parse, "") };
        return FigureOptions.Finish(parse, AnytimePlot.Draw(figure, FigureOptions.SizeOf(parse)), Path.Combine(folder, ComparisonCurves.HypervolumePicture));
    }
}
