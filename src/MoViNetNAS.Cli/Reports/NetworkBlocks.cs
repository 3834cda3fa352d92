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
        .GroupBy(model => (model.Plan with { Name = "", Seed = 0, Device = "", Threads = 0 }).ToJson())
        .Select(group => new NetworkRow(
            group.Count() == 1 ? group.First().Record.Name : $"{group.First().Record.Name} and {Count(group.Count() - 1, "more seed")}", group.First().Record.Variant,
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
            "networks", "Networks trained by themselves: top-1 on held-out clips, mean and 95 % interval (Student's t) over seeds. MACs are multiply-adds. A dash as state: it does not stream, or carries nothing.",
            NetworkTable.Of(Rows(models)));
        yield return new TableBlock("trainings", "Every training.", TextTable.Of(models,
        [
            new("network", "network", model => model.Record.Name, IsNumber: false),
            new("from run", "run", model => model.Record.Run ?? "", IsNumber: false),
            new("seed", "seed", model => new TableCell($"{model.Record.Seed}", model.Record.Seed)),
            new("top-1 (%)", "top1", model => TableCell.Percent(model.Record.Top1), Best: BestIs.Highest),
            new("clips", "clips", model => TableCell.Count(model.Record.Clips)),
            new("epochs", "epochs", model => TableCell.Count(model.Plan.Settings.Epochs)),
            new("seconds", "seconds", model => TableCell.Number(model.Seconds, "0")),
            new("genotype", "genotype", model => model.Record.Architecture, IsNumber: false),
        ]))
        {
            OnlyOnScreen = ["genotype"],
        };
    }
}
