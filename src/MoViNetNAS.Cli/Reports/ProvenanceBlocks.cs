using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Verbs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Where the numbers come from: configuration, lineage, environment.</summary>
internal static class ProvenanceBlocks
{
    /// <summary>The resolved configuration; of runs that differ by their seed alone that of the first.</summary>
    public static IEnumerable<ReportBlock> Configuration(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var group in runs.GroupBy(run => run.Setting))
        {
            var first = group.First();
            if (group.Count() > 1)
                yield return new ParagraphBlock($"Runs {List(group.Select(run => RichText.Code(run.Name)))} have one configuration but for name and seed (seeds {List(group.Select(run => $"{run.Record.Seed}"))}).");
            yield return new ListingBlock($"Resolved configuration of {first.Name}", first.Record.Configuration);
            yield return new ListingBlock($"Search space {first.Record.SpaceName}", first.Record.Space);
        }
    }

    /// <summary>Command, seed, data and fingerprints of each run.</summary>
    public static IEnumerable<ReportBlock> Lineage(IReadOnlyList<ReportedRun> runs) => runs.SelectMany(run => new ReportBlock[] { new HeadingBlock(run.Name), new FactsBlock([.. Facts(run)]) });

    /// <summary>Machines and versions, each once.</summary>
    public static IEnumerable<ReportBlock> Environment(IReadOnlyList<ReportedRun> runs) => runs
        .GroupBy(run => (run.Record.Machine, run.Record.Versions))
        .Select(group => new FactsBlock(
        [
            ("machine", RichText.Words(group.Key.Machine)),
            ("versions", RichText.Words(group.Key.Versions)),
            ("runs", List(group.Select(run => RichText.Code(run.Name)))),
        ]));

    private static IEnumerable<(string Name, string Value)> Facts(ReportedRun run)
    {
        var (record, account) = (run.Record, run.Account);
        yield return ("status", RunsVerb.Status(record));
        yield return ("command", RichText.Code(record.Command));
        yield return ("search", $"{record.Algorithm} over {RichText.Code(record.SpaceName)}, target {Cost(record.Target, record.Objective)}");
        yield return ("seed", $"{record.Seed}");
        yield return ("started", $"{record.StartedUtc:yyyy-MM-dd HH:mm} UTC");
        if (record.FinishedUtc is { } finished) yield return ("ended", $"{finished:yyyy-MM-dd HH:mm} UTC");
        if (account.Time is { } time) yield return ("time at work", $"{Time(time.Seconds)}, {Count(time.Sittings, "sitting")}{(time.IsWhole ? "" : ", without those that have no end")}");
        yield return ("architectures", $"{Units.Count(account.Trials)} evaluated, {Units.Count(account.DistinctArchitectures)} different");
        if (account.TrainedClips is { } trained) yield return ("clips trained on", Units.Count(trained));
        yield return ("clips scored on", Units.Count(account.ScoredClips));
        yield return ("data", RichText.Code(run.Experiment.Data.ToJson().ToJsonString()));
        yield return ("data hash", RichText.Code(record.SplitHash));
        yield return ("space hash", RichText.Code(record.SpaceHash));
        if (record.Fingerprints is { } prints)
        {
            yield return ("trials hash", RichText.Code(prints.Trials));
            yield return ("logits hash", RichText.Code(prints.Logits));
            yield return ("weights hash", RichText.Code(prints.Weights));
        }

        if (run.Pick is { } pick) yield return ("result", RichText.Code(pick.Genotype));
        if (run.IsImported) yield return ("imported", "yes");
        if (run.Models.Count > 0) yield return ("trained from it", List(run.Models.Select(model => $"{RichText.Code(model.Record.Name)} (seed {model.Record.Seed})")));
        if (record.Failure is { } failure) yield return ("failure", RichText.Words(failure));
    }
}
