using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tables;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet pareto`: the front over the stored trials of one or several runs, as a picture, a table and CSV.</summary>
internal static class ParetoVerb
{
    private const string FrontSuffix = "-front.csv";

    private static readonly Option<string[]> Runs = new("--run")
    {
        Description = "A run; may be repeated (default: the newest).",
        HelpName = "run",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Path of the files without extension (default: pareto beside the run's files).",
        HelpName = "path",
    };

    private static readonly Option<string?> Published = new("--published")
    {
        Description = "A table of published results, or a folder of such: points where the data are the same, else marks of their costs (default: results/published, points only).",
        HelpName = "path",
    };

    public static Command Create()
    {
        var command = new Command("pareto", "Plot and list the best trade-offs between cost and quality.")
        {
            Runs, Out, TableFormat.Format, ObjectiveOption.Cost, Published, FigureOptions.Size, CommonOptions.Database, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var records = Records(store, parse.GetValue(Runs)!);
        var objective = ObjectiveOption.Of(parse, records);
        var trials = records.Select(record => MeasuredFront.Shown(store.Trials(record.Name))).ToList();
        var front = MeasuredFront.Of(trials.SelectMany(list => list), objective);
        if (front.Count == 0) throw new InputException($"run '{records[0].Name}' has no trials outside warm-up yet.");

        string path = parse.GetValue(Out) ?? new RunFolder(parse.GetValue(CommonOptions.Database)!, records[0].Name).Pareto;
        var series = records.Zip(trials, (record, list) => new ParetoSeries(record.Name, MeasuredFront.Of(list, objective), [.. list.Except(MeasuredFront.Of(list, objective))]));
        var shown = new ParetoFigure(string.Join(", ", records.Select(record => record.Name)), objective, [.. series])
        {
            Target = records.Select(record => (record.Objective, record.Target)).Distinct().ToList() is [var one] && one.Objective == objective ? one.Target : null,
        };
        using var figure = ParetoPlot.Draw(Beside(parse, shown, store, records), FigureOptions.SizeOf(parse));
        string[] written = [.. figure.Save(path), path + FrontSuffix];
        AtomicFile.WriteText(path + FrontSuffix, FrontTable.Csv(front, objective));
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(front.Select(trial => new { trial.Run, trial.Genotype, Top1 = trial.Quality, Clips = trial.QualityClips, trial.Cost.Macs, trial.Cost.MacsPerFrame, trial.Cost.TrainableParameters, trial.Cost.StreamStateBytes, trial.Cost.LatencyMs }));
        }
        else
        {
            terminal.Out.Write(TableFormat.Text(parse, FrontTable.Of(front, objective)));
            terminal.Note($"wrote {string.Join(", ", written)}");
        }

        return ExitCode.Done;
    }

    private static List<RunRecord> Records(RunStore store, string[] names)
    {
        if (names.Length > 0) return [.. names.Select(store.Run)];
        var newest = store.Runs().MaxBy(run => run.StartedUtc) ?? throw new InputException("the database has no runs yet: `movinet search experiments/quickstart.json` makes one.");
        return [newest];
    }

    // A run of another version may have a configuration that is no longer read: then nothing is known of its data.
    private static string? DatasetOf(RunStore store, RunRecord record)
    {
        var folder = new RunFolder(store.Path, record.Name);
        if (!File.Exists(folder.Config)) return null;
        var experiment = Experiment.Load(folder.Config);
        return PublishedDataset.Of(experiment.Name, experiment.Data)?.Title;
    }

    private static ParetoFigure Beside(ParseResult parse, ParetoFigure figure, RunStore store, IReadOnlyList<RunRecord> records)
    {
        string? asked = parse.GetValue(Published);
        string? path = asked ?? (Directory.Exists(PublishedNetworks.DefaultFolder) ? PublishedNetworks.DefaultFolder : null);
        if (path is null) return figure;
        string?[] datasets = [.. records.Select(record => DatasetOf(store, record)).Distinct()];
        return PublishedNetworks.Beside(figure, PublishedResult.Load(path), datasets.Length == 1 ? datasets[0] : null, hasCosts: asked is not null);
    }
}
