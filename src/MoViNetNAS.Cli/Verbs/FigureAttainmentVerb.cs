using System.CommandLine;
using MoViNetNAS.Cli.Compare;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure attainment`: what several seeds attain at each cost, of stored runs or of a comparison.</summary>
internal static class FigureAttainmentVerb
{
    private const string Picture = "attainment";

    private static readonly Argument<string?> Folder = new("folder") { Description = $"A folder that `movinet {ComparisonCurves.Writer}` wrote; or give --run.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Runs = new("--run")
    {
        Description = "A run; repeat it for each seed and method. Runs that differ in their seed alone are one line with a band.",
        HelpName = "run",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("attainment", "Quality that several seeds attain at each cost, with bands.") { Folder, Runs, ObjectiveOption.Cost, CommonOptions.Database });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string? folder = parse.GetValue(Folder);
        string[] names = parse.GetValue(Runs)!;
        if (folder is null == (names.Length == 0)) throw new InputException("of what? Give either a folder of `movinet compare`, or --run RUN, once for each seed and method.");
        if (folder is not null && parse.GetValue(ObjectiveOption.Cost) is not null) throw new InputException("--objective is for --run: a comparison has stored its fronts over one cost.");
        var (figure, path) = folder is null ? OfRuns(parse, names) : (ComparisonFigures.ReadAttainment(folder), Path.Combine(folder, Picture));
        figure = figure with { Title = FigureOptions.TitleOr(parse, figure.Title) };
        return FigureOptions.Finish(parse, AttainmentPlot.Draw(figure, FigureOptions.SizeOf(parse)), path);
    }

    private static (AttainmentFigure Figure, string Path) OfRuns(ParseResult parse, string[] names)
    {
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        RunGroup[] groups = RunGroup.Of([.. names.Distinct().Select(store.Run)]);
        var objective = ObjectiveOption.Of(parse, [.. groups.SelectMany(group => group.Runs)]);
        var series = groups.Select(group => AttainmentSeries.Of(
            group.Name,
            [.. group.Runs.Select(run => ObjectiveOption.Costed(MeasuredFront.Of(store.Trials(run.Name), objective), objective))]));
        return (new AttainmentFigure("", objective, [.. series]) { QualityLabel = "Top-1 with shared weights (%)" }, Path.Combine(new RunFolder(store.Path, names[0]).Path, Picture));
    }
}
