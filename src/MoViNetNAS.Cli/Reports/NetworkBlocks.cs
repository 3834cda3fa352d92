using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>The networks: what was found, layer by layer, and what was trained.</summary>
internal static class NetworkBlocks
{
    /// <summary>The result of each run as a table of layers; runs that found the same share one.</summary>
    public static IEnumerable<ReportBlock> Architectures(IReadOnlyList<ReportedRun> runs, string options)
    {
        foreach (var found in runs.Where(run => run.Pick is not null).GroupBy(run => (run.Pick!.Genotype, run.Record.SpaceHash, run.Experiment.Variant)))
        {
            var run = found.First();
            var design = run.Design(found.Key.Genotype);
            int classes = run.Classes;
            yield return new FigureBlock(
                $"diagram-{Slug.Of(run.Name)}", $"The result of {List(found.Select(one => RichText.Code(one.Name)))}, layer by layer: expanded width pale, output width strong, coloured by kernel.",
                $"movinet figure architecture --run {run.Name} --pick feasible{options}", ArchitectureDiagram.Draw(new ArchitectureFigure("", design.Architecture)));
            yield return new TableBlock(
                $"architecture-{Slug.Of(run.Name)}",
                $"The result of {List(found.Select(one => RichText.Code(one.Name)))} as built in the search (variant {run.Experiment.Variant.Name}, {design.Input.Frames} frames of {design.Input.Resolution} × {design.Input.Resolution}, {Count(classes, "class", "classes")}). "
                + $"Genotype {RichText.Code(found.Key.Genotype)}. Widths are channels; expanded ones lie within a bottleneck.",
                ArchitectureTable.Of(design, design.Input, classes));
        }
    }

    /// <summary>Rows of networks that were trained by themselves: trainings that differ by their seed alone share one.</summary>
    public static IReadOnlyList<NetworkRow> Rows(IEnumerable<ReportedModel> models) => [.. models
        .GroupBy(model => model.Setting)
        .Select(group => new NetworkRow(
            CommonName([.. group.Select(model => model.Record.Name)]), group.First().Record.Variant,
            SampleSummary.Of([.. group.Select(model => model.Record.Top1)]), group.First().Record.Clips, group.First().Cost))];

    /// <summary>The trained networks as a table.</summary>
    public static IEnumerable<ReportBlock> Trained(IReadOnlyList<ReportedRun> runs)
    {
        ReportedModel[] models = [.. runs.SelectMany(run => run.Models)];
        if (models.Length == 0)
        {
            yield return new ParagraphBlock("No network was trained by itself yet; `movinet train --run NAME --pick feasible` does.");
            yield break;
        }

        yield return new TableBlock(
            "networks", "Networks trained by themselves: top-1 on held-out clips, mean and 95 % interval (Student's t) over seeds. MACs are multiply-adds. A dash as state: it does not stream, or carries nothing. Peak: activations of the largest depthwise convolution over a whole clip, a floor of peak memory.",
            NetworkTable.Of(Rows(models)));
        yield return new TableBlock("trainings", "Every training.", TextTable.Of(models,
        [
            new("network", "network", model => model.Record.Name, IsNumber: false),
            new("from run", "run", model => model.Record.Run ?? "", IsNumber: false),
            new("seed", "seed", model => new TableCell($"{model.Record.Seed}", model.Record.Seed)),
            new("top-1 (%)", "top1", model => TableCell.Percent(model.Record.Top1)),
            new("clips", "clips", model => TableCell.Count(model.Record.Clips)),
            new("epochs", "epochs", model => TableCell.Count(model.Plan.Settings.Epochs)),
            new("seconds", "seconds", model => TableCell.Number(model.Seconds, "0")),
            new("genotype", "genotype", model => model.Record.Architecture, IsNumber: false),
        ]))
        {
            OnlyOnScreen = ["genotype"],
        };
        foreach (var block in Evaluations(models)) yield return block;
    }

    // What an evaluation that was kept shows beyond one number.
    private static IEnumerable<ReportBlock> Evaluations(IReadOnlyList<ReportedModel> models)
    {
        StoredEvaluation[] kept = [.. models.Select(model => model.Evaluation).OfType<StoredEvaluation>()];
        if (kept.Length == 0)
        {
            string checkpoint = Path.GetDirectoryName(models[0].EvaluationFolder)!;
            yield return new ParagraphBlock(
                $"No evaluation of {(models.Any(model => model.Kept is not null) ? "their weights" : "them")} was kept. {RichText.Code($"movinet eval --checkpoint {checkpoint}{(models[0].Plan.Design.CanStream ? " --frame-by-frame" : "")} --output {models[0].EvaluationFolder}")} keeps one: accuracy after each frame, and which class is taken for which.");
            yield break;
        }

        yield return new TableBlock(
            "evaluations", "Evaluations that were kept, and the weights and data that they were measured on: the first digits of their hashes, nothing where the file carries none.",
            TextTable.Of([.. models.Where(model => model.Evaluation is not null)],
            [
                new("network", "network", model => model.Record.Name, IsNumber: false),
                new("clips of", "split", model => model.Evaluation!.Split, IsNumber: false),
                new("measure", "measure", model => model.Evaluation!.MeasureName ?? "", IsNumber: false),
                new("value (%)", "value", model => TableCell.Percent(model.Evaluation!.Measure)),
                new("clips", "clips", model => TableCell.Count(model.Evaluation!.Clips)),
                new("weights", "weights", model => Hash(model.Evaluation!.Stamp.WeightsHash), IsNumber: false),
                new("data", "data", model => Hash(model.Evaluation!.Stamp.SplitHash), IsNumber: false),
            ]));
        StoredEvaluation[] streamed = [.. kept.Where(evaluation => evaluation.Frames is not null)];
        if (streamed.Length > 0)
        {
            yield return new FigureBlock(
                "frames", $"Accuracy after each frame of a stream ({List(streamed.Select(evaluation => evaluation.Split).Distinct())} clips), with 95 % intervals (Wilson).",
                $"movinet figure frames {string.Join(' ', streamed.Select(evaluation => evaluation.Folder))}",
                AccuracyPerFrame.Draw(new FrameAccuracyFigure("", [.. streamed.SelectMany(evaluation => evaluation.Frames!.Series)])));
        }

        foreach (var model in models)
        {
            foreach (var (head, figure) in model.Evaluation?.Confusions ?? [])
            {
                string of = head is null ? "class" : $"class of the head {RichText.Code(head)}";
                yield return new FigureBlock(
                    $"confusion-{Slug.Of(model.Record.Name)}{(head is null ? "" : $"-{Slug.Of(head)}")}",
                    $"Which {of} {RichText.Code(model.Record.Name)} takes for which ({model.Evaluation!.Split} clips): number of clips, coloured by its share of the true class.",
                    $"movinet figure confusion {model.Evaluation.Folder}{(head is null ? "" : $" --head {head}")}", ConfusionMatrix.Draw(figure));
            }
        }
    }

    private static string Hash(string? hash) => hash is null ? "" : EvaluationStamp.Short(hash);

    // "quickstart-1-feasible" of "quickstart-1-feasible-1" and "quickstart-1-feasible-2"; the first name where names have nothing in common.
    private static string CommonName(IReadOnlyList<string> names)
    {
        if (names.Count == 1) return names[0];
        int length = Enumerable.Range(0, names.Min(name => name.Length)).TakeWhile(i => names.All(name => name[i] == names[0][i])).Count();
        string common = names[0][..length].TrimEnd('-', '_', '.');
        return common.Length > 0 ? common : names[0];
    }
}
