using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Scaling;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space scale`: larger and smaller spaces of a base space, whose expected cost of a frame doubles with each step.</summary>
internal static class SpaceScaleVerb
{
    private const int DefaultDraws = 1000, DefaultSamples = 2000, Classes = 600;

    private static readonly Option<string> Base = new("--base") { Description = "The space to scale.", HelpName = "file", DefaultValueFactory = _ => Path.Combine("searchspaces", "a2.json") };
    private static readonly Option<string> Steps = new("--steps") { Description = "Smallest and largest step; the base is 0.", HelpName = "first..last", Arity = ArgumentArity.ExactlyOne, DefaultValueFactory = _ => "-2..4" };
    private static readonly Option<int?> Draws = CommonOptions.WholeNumber("--draws", $"Vectors of coefficients drawn (default {DefaultDraws}).", 1, 1_000_000);
    private static readonly Option<int?> SampleCount = CommonOptions.WholeNumber("--samples", $"Architectures drawn of each space for the report (default {DefaultSamples}).", 1, 1_000_000);
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the space files.", HelpName = "folder", DefaultValueFactory = _ => "searchspaces" };
    private static readonly Option<string> Report = new("--report") { Description = "Folder of the table and the picture.", HelpName = "folder", DefaultValueFactory = _ => Path.Combine("results", "scaling") };

    public static Command Create()
    {
        var command = new Command("scale", "Make larger and smaller spaces of a base: the mean cost of a frame doubles with each step.")
        {
            Base, Steps, Draws, SampleCount, CommonOptions.Seed, Out, Report, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string file = parse.GetValue(Base)!;
        var steps = StepRange.Parse(parse.GetValue(Steps)!);
        var space = SpaceFile.Load(file).Definition;
        if (space.InputChoices is not null) throw new InputException($"--base: {file} chooses its input; scaling needs one number for each of frames, resolution and frameStride.");
        var settings = new ScalingSettings(steps.First, steps.Last, parse.GetValue(Draws) ?? DefaultDraws, NetworkVariant.Causal, Classes);
        ulong seed = parse.GetValue(CommonOptions.Seed);
        string command = $"movinet space scale --base {Path.GetFileName(file)} --steps {steps} --draws {settings.Draws} --seed {seed}";
        using var interruption = new Interruption(terminal.Error);
        var random = new RandomStream(seed);
        var family = interruption.Run(cancellation => Search(space, settings, random.Derive("scaling"), terminal, cancellation));
        foreach (var scaled in family.Spaces) Save(scaled, family, file, parse.GetValue(Out)!, command);
        var report = new ScalingReport(family, settings, parse.GetValue(SampleCount) ?? DefaultSamples, random.Derive("report"));
        report.Write(parse.GetValue(Report)!, $"{command} --samples {report.Samples}");
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(Json(family, report));
        else
        {
            terminal.Out.Write(report.Table().ToText());
            terminal.Line(FormattableString.Invariant($"each step multiplies: {family.Coefficients}; the largest distance of a ratio from 2 is {100 * family.Deviation:F1} %"));
        }

        if (family.Deviation > 0.1) terminal.Note(FormattableString.Invariant($"no vector among {settings.Draws} doubles every step within 10 %; more --draws may find one."));
        terminal.Note($"spaces in {parse.GetValue(Out)}, report in {parse.GetValue(Report)}");
        return ExitCode.Done;
    }

    private static ScaledFamily Search(SpaceDefinition space, ScalingSettings settings, RandomStream random, Terminal terminal, CancellationToken cancellation)
    {
        using var progress = terminal.Progress("draw", settings.Draws);
        return ScalingSearch.Run(space, settings, random, done => progress.Report(done), cancellation);
    }

    // The base is written as its own file says it, comments and all: scaling leaves it as it is.
    private static void Save(ScaledSpace scaled, ScaledFamily family, string baseFile, string folder, string command)
    {
        string path = Path.Combine(folder, scaled.Space.Name + ".json");
        if (scaled.Step == 0)
        {
            if (Path.GetFullPath(path) != Path.GetFullPath(baseFile)) AtomicFile.WriteText(path, File.ReadAllText(baseFile));
            return;
        }

        string comment = $"Space {scaled.Space.Name}: {Path.GetFileName(baseFile)} {Math.Abs(scaled.Step)} step{(Math.Abs(scaled.Step) == 1 ? "" : "s")} {(scaled.Step > 0 ? "up" : "down")}, "
            + $"written by `{command}`; do not edit. Source of the method: MoViNets (arXiv 2103.11511), section 3.1. Each step multiplies {family.Coefficients}; found by a random search "
            + "for factors that double the mean multiply-adds of a frame. "
            + FormattableString.Invariant($"That mean is {scaled.MeanMacsPerFrame / 1e6:F1} million here (causal networks, {Classes} classes, every choice equally likely).")
            + (scaled.Space.Name == "a6" ? " The model A6 is no network of this space: it is the mean of the logits of A4 and A5." : "");
        AtomicFile.WriteText(path, SpaceText.Of(scaled.Space.Definition, comment));
    }

    private static object Json(ScaledFamily family, ScalingReport report) => new
    {
        family.Coefficients,
        family.Deviation,
        spaces = family.Spaces.Select((scaled, i) => new
        {
            scaled.Space.Name,
            scaled.Step,
            scaled.Space.Hash,
            scaled.Space.Definition.Input,
            scaled.MeanMacsPerFrame,
            ratio = i == 0 ? (double?)null : family.Ratios[i - 1],
            report.Samples,
            sampledMean = report.Sampled[i].Mean,
            sampledRatio = report.SampledRatio(i),
            median = report.Sampled[i].Median,
        }),
    };
}
