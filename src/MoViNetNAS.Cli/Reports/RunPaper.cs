using System.Globalization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static MoViNetNAS.Cli.Reports.ReportText;
using static MoViNetNAS.Cli.Reports.RunReport;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Runs in the order of a paper: setup, space, method, results, limitations, reproducibility, checklist.</summary>
internal static class RunPaper
{
    /// <param name="runs">At least one.</param>
    /// <param name="options">What commands that draw a figure again need beside the names of the runs.</param>
    /// <returns>The page; the caller disposes it.</returns>
    public static ReportPage Of(IReadOnlyList<ReportedRun> runs, string options) => new(
        $"Architecture search over video networks: {List(runs.Select(run => run.Name))}",
        Summary(runs),
        [
            .. Section("setup", "Setup", Setup(runs)),
            .. Section("space", "Search space", Spaces(runs)),
            .. Section("method", "Method", Method(runs)),
            .. Section("results", "Results", Results(runs, options)),
            .. Section("limitations", "Limitations", RunWarnings.Of(runs) is { Count: > 0 } warnings
                ? [new ParagraphBlock("These follow from the records:"), new ListBlock(warnings)]
                : [new ParagraphBlock("Scores with shared weights rank architectures; what one is worth, only its own training tells.")]),
            .. Section("reproducibility", "Reproducibility", [.. ProvenanceBlocks.Environment(runs), .. ProvenanceBlocks.Lineage(runs)]),
            .. Section("checklist", "Checklist of best practices",
                [new ParagraphBlock("The points of the checklist by Lindauer and Hutter [@bestpractices], in our words, answered from the records of the runs."), BestPractices.Of(runs)]),
            .. Section("configuration", "Configuration", ProvenanceBlocks.Configuration(runs)),
        ]);

    // Each figure and table is named where the text comes to it: on paper they stand where there is room.
    private static IEnumerable<ReportBlock> Results(IReadOnlyList<ReportedRun> runs, string options)
    {
        ReportBlock[] picks = [.. FindingBlocks.Table(runs)], several = [.. SeveralRunsBlocks.Of(runs)], front = [.. FrontBlocks.Of(runs, options)];
        ReportBlock[] trained = [.. NetworkBlocks.Trained(runs)], architectures = [.. NetworkBlocks.Architectures(runs, options)], course = [.. CourseBlocks.Of(runs, options)];
        foreach (var run in runs) yield return new ParagraphBlock($"Run {RichText.Code(run.Name)}, seed {run.Record.Seed}: {FindingBlocks.Result(run)}");
        foreach (string sentence in SeveralRunsBlocks.Sentences(runs)) yield return new ParagraphBlock(sentence);
        yield return new ParagraphBlock(string.Join(' ', new[] { Pointer("What the searches point out is in", picks), Pointer("Runs are compared in", several), Pointer("The front is in", front) }.Where(text => text.Length > 0)));
        foreach (var block in picks.Concat(several).Concat(front)) yield return block;
        yield return new HeadingBlock("Networks");
        string networks = string.Join(' ', new[] { Pointer("Trainings are in", trained), Pointer("The layers of what was found are in", architectures) }.Where(text => text.Length > 0));
        if (networks.Length > 0) yield return new ParagraphBlock(networks);
        foreach (var block in trained.Concat(architectures)) yield return block;
        yield return new HeadingBlock("Course of the search");
        if (Pointer("Curves are in", course) is { Length: > 0 } curves) yield return new ParagraphBlock(curves);
        foreach (var block in course) yield return block;
    }

    private static string Pointer(string words, IEnumerable<ReportBlock> blocks)
    {
        string[] ids = [.. blocks.Select(block => block switch { FigureBlock figure => figure.Id, TableBlock table => table.Id, _ => null }).OfType<string>()];
        return ids.Length == 0 ? "" : $"{words} {List(ids.Select(id => $"[#{id}]"))}.";
    }

    private static IEnumerable<ReportBlock> Setup(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var group in runs.GroupBy(run => run.Record.SplitHash))
        {
            var run = group.First();
            var input = run.Experiment.Input;
            yield return new ParagraphBlock(
                $"{Runs(group)} on clips of {Count(input.Frames, "frame")} of {input.Resolution} × {input.Resolution} pixels and {Count(run.Classes, "class", "classes")}. {DataText(run.Experiment.Data)} "
                + "Three splits that share no source are used: one trains weights, one scores architectures, one tests. "
                + $"The hash of the splits is {RichText.Code(run.Record.SplitHash)}.");
        }

        foreach (var group in runs.SelectMany(run => run.Models).GroupBy(model => model.Plan.Settings.ToJson().ToJsonString()))
        {
            var plan = group.First().Plan;
            var settings = plan.Settings;
            string way = settings.SubclipFrames > 0 ? $"through stream buffers, {Count(settings.SubclipFrames, "frame")} at a time" : "on whole clips";
            yield return new ParagraphBlock(FormattableString.Invariant(
                $"{Count(group.Count(), "network")} {(group.Count() == 1 ? "was" : "were")} trained alone, {way}: {Count(settings.Epochs, "epoch")}, {Count(settings.Batch, "clip")} an update, optimizer {Optimizer(settings.Optimizer)}, peak learning rate {Number(settings.LearningRate)}, weight decay {Number(settings.WeightDecay)}, label smoothing {settings.LabelSmoothing}, dropout {settings.Dropout}, stochastic depth {settings.StochasticDepth}."));
        }
    }

    private static IEnumerable<ReportBlock> Spaces(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var group in runs.GroupBy(run => run.Record.SpaceHash))
        {
            var (space, slug) = (group.First().Space, Slug.Of(group.First().Record.SpaceName));
            yield return new ParagraphBlock(
                $"The space {RichText.Code(space.Name)} is one of the MoViNet family [@movinet]: {Count(space.Decisions.Length, "decision")}, {Power(space.ArchitectureCount)} different architectures. Layers beyond the depth of a block are inactive. Decisions are in [#space-{slug}].");
            yield return new TableBlock($"space-{slug}", $"Decisions of the space {RichText.Code(space.Name)}.", TextTable.Of(Kinds(space),
            [
                new("decision", "decision", row => row.Path, IsNumber: false),
                new("decisions of this kind", "count", row => TableCell.Count(row.Count)),
                new("options", "options", row => row.Options, IsNumber: false),
            ]));
        }
    }

    private static IEnumerable<ReportBlock> Method(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var group in runs.GroupBy(run => run.Setting))
        {
            var (run, settings, supernet) = (group.First(), group.First().Experiment.Search, group.First().Experiment.Supernet);
            yield return new ParagraphBlock(
                $"{Runs(group)} by {ReportText.Method(settings)}, for architectures of {Cost(run.Record.Target, run.Record.Objective)} within {(100 * settings.Tolerance).ToString("0.##", CultureInfo.InvariantCulture)} %. "
                + $"All architectures share the weights of one supernet, built in the variant {run.Experiment.Variant.Name}. "
                + (settings.IsTwoStage
                    ? $"{Count(settings.Steps, "update")} train the shared weights; an evolution with frozen weights then chooses. "
                    : $"In each of {Count(settings.Steps, "step")}, {Count(settings.Candidates, "architecture")} take a weight update on {Count(supernet.Batch, "clip")} each and are scored on the same {Count(supernet.ScoreBatch, "clip")} of the held-out split. ")
                + (settings.Algorithm == SearchAlgorithm.Tunas ? Policy(run) : "")
                + $"At the end, {Count(settings.TopCandidates, "top candidate")} and {Count(settings.BaselineArchitectures, "uniformly drawn architecture")} within the tolerance are scored on the whole held-out split with shared weights, and so are the best-scored architectures of each range of cost, of which the front is made.");
        }
    }

    private static string Policy(ReportedRun run)
    {
        var settings = run.Experiment.Search;
        string form = settings.Reward == RewardType.Absolute ? "reward Q + β |C/T − 1| of quality Q, cost C and target T" : $"{settings.Reward.ToString().ToLowerInvariant()} reward of quality and cost";
        string reward = settings.Rejection
            ? "The policy learns by REINFORCE [@reinforce] from the quality of feasible draws, corrected for their share. "
            : $"The policy learns by REINFORCE [@reinforce] from the {form} with β = {Number(settings.Beta)}; a moving average of the rewards (momentum {Number(settings.BaselineMomentum)}) is the baseline. ";
        return reward + $"It begins to learn after {Count(settings.DelaySteps, "step")}; warm-up of operations and widths fades over {Count(settings.WarmUpSteps, "step")}. ";
    }

    private static string Runs(IEnumerable<ReportedRun> runs)
    {
        string[] names = [.. runs.Select(run => RichText.Code(run.Name))];
        return $"{(names.Length == 1 ? "Run" : "Runs")} {List(names)} searched";
    }

    private static string Number(double? value) => value?.ToString("0.########", CultureInfo.InvariantCulture).Replace('-', '−') ?? "a value that was set when learning began";

    internal static string DataText(DataSettings data) => data is MovingShapesSettings { Options: var options }
        ? $"The clips are generated (moving shapes, seed {options.Seed}): {Units.Count(options.WeightsClips)} to train, {Units.Count(options.ScoreClips)} to score, {Units.Count(options.TestClips)} to test; the classes differ by {(options.Others == OtherCoordinates.Jumping ? "the order of the frames" : "motion")} only."
        : $"The data are videos: {RichText.Code(data.ToJson().ToJsonString())}.";

    private static string Optimizer(OptimizerSettings optimizer) => optimizer is AdamWSettings ? "AdamW [@adamw]" : optimizer is RmsPropSettings ? "RMSProp" : "SGD";

    // Decisions of the layers of a block have the same options; those of the space are told once for all blocks where they have too.
    private static IReadOnlyList<(string Path, int Count, string Options)> Kinds(SearchSpace space)
    {
        static string AnyLayer(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith("layer", StringComparison.Ordinal) ? "layer*" : part));
        static string AnyBlock(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith("block", StringComparison.Ordinal) ? "block*" : part));
        var byBlock = space.Decisions.GroupBy(decision => (Path: AnyLayer(decision.Path), Options: string.Join(", ", decision.Labels)))
            .Select(group => (group.Key.Path, Count: group.Count(), group.Key.Options)).ToList();
        return [.. byBlock.GroupBy(kind => AnyBlock(kind.Path)).SelectMany(kind => kind.Select(one => one.Options).Distinct().Count() == 1
            ? [(kind.Count() == 1 ? kind.First().Path : kind.Key, kind.Sum(one => one.Count), kind.First().Options)]
            : kind.AsEnumerable())];
    }

    private static string Power(System.Numerics.BigInteger count)
    {
        if (count < 1_000_000) return Units.Count((long)count);
        int exponent = $"{count}".Length - 1;
        string raised = string.Concat($"{exponent}".Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
        return FormattableString.Invariant($"about {Math.Exp(System.Numerics.BigInteger.Log(count) - exponent * Math.Log(10)):F1} · 10{raised}");
    }
}
