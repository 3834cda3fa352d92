using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

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

    private static readonly Option<string> Format = CommonOptions.OneOf("--format", "How the table is printed.", "text", "text", "markdown", "latex");

    public static Command Create()
    {
        var command = new Command("pareto", "Plot and list the best trade-offs between cost and quality.")
        {
            Runs, Out, Format, CommonOptions.Database, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var records = Records(store, parse.GetValue(Runs)!);
        var objective = records[0].Objective;
        if (records.Find(record => record.Objective != objective) is { } other)
            throw new InputException($"runs '{records[0].Name}' and '{other.Name}' have different objectives ({objective}, {other.Objective}); plot them apart.");
        var trials = records.Select(record => MeasuredFront.Shown(store.Trials(record.Name))).ToList();
        var front = MeasuredFront.Of(trials.SelectMany(list => list), objective);
        if (front.Count == 0) throw new InputException($"run '{records[0].Name}' has no trials outside warm-up yet.");

        string path = parse.GetValue(Out) ?? new RunFolder(parse.GetValue(CommonOptions.Database)!, records[0].Name).Pareto;
        var series = records.Zip(trials, (record, list) => new ParetoSeries(record.Name, MeasuredFront.Of(list, objective), [.. list.Except(MeasuredFront.Of(list, objective))]));
        using var figure = ParetoPlot.Draw(
            new ParetoFigure(string.Join(", ", records.Select(record => record.Name)), objective, [.. series])
            {
                Target = records.Select(record => record.Target).Distinct().Count() == 1 ? records[0].Target : null,
                References = References(records[0], objective),
            });
        string[] written = [.. figure.Save(path), path + FrontSuffix];
        AtomicFile.WriteText(path + FrontSuffix, FrontTable.Csv(front, objective));
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(front.Select(trial => new { trial.Run, trial.Genotype, Top1 = trial.Quality, Clips = trial.QualityClips, trial.Cost.Macs, trial.Cost.MacsPerFrame, trial.Cost.TrainableParameters, trial.Cost.StreamStateBytes, trial.Cost.LatencyMs }));
        }
        else
        {
            var table = FrontTable.Of(front, objective);
            terminal.Line(parse.GetValue(Format) switch { "markdown" => table.ToMarkdown(), "latex" => table.ToLatex(), _ => table.ToText() });
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

    // Published top-1 on Kinetics 600 of the released base models; they say something only beside runs on those clips and sizes. Their milliseconds on this machine nobody published.
    private static List<ReferencePoint> References(RunRecord record, CostObjective objective) => record.SpaceName != "a2" || objective == CostObjective.LatencyMs
        ? []
        :
        [
            .. PublishedTop1.Select(pair =>
            {
                var architecture = ReleasedArchitectures.ByName[pair.Key];
                return new ReferencePoint($"MoViNet-{pair.Key.ToUpperInvariant()} (Kinetics 600)", CostModel.Of(architecture, NetworkVariant.Base, 600).Of(objective), pair.Value);
            }),
        ];

    // Source: README of the official MoViNet code, released checkpoints, Kinetics 600, base models.
    private static readonly Dictionary<string, double> PublishedTop1 = new()
    {
        ["a0"] = 0.7228,
        ["a1"] = 0.7669,
        ["a2"] = 0.7862,
        ["a3"] = 0.8179,
        ["a4"] = 0.8348,
        ["a5"] = 0.8427,
    };
}
