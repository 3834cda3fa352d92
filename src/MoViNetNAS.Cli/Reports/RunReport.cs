using MoViNetNAS.Reporting;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Runs as a page to look through: what was found first, then how, then where it comes from.</summary>
internal static class RunReport
{
    /// <param name="runs">At least one.</param>
    /// <param name="options">What commands that draw a figure again need beside the names of the runs: " --db FILE", or nothing.</param>
    /// <returns>The page; the caller disposes it.</returns>
    public static ReportPage Of(IReadOnlyList<ReportedRun> runs, string options)
    {
        var warnings = RunWarnings.Of(runs);
        return new ReportPage(
            $"Architecture search: {List(runs.Select(run => run.Name))}",
            Summary(runs),
            [
                .. Section("found", "What was found", [.. runs.Skip(1).Select(run => new ParagraphBlock(FindingBlocks.Sentences(run))), .. FindingBlocks.Table(runs), .. SeveralRunsBlocks.Of(runs)]),
                .. Section("warnings", "Warnings", warnings.Count == 0 ? [new ParagraphBlock("None follows from the records.")] : [new ListBlock(warnings, IsWarning: true)]),
                .. Section("front", "Front", FrontBlocks.Of(runs, options)),
                .. Section("networks", "Trained networks", NetworkBlocks.Trained(runs)),
                .. Section("architecture", "Architecture", NetworkBlocks.Architectures(runs, options)),
                .. Section("course", "How the search went", [.. CourseBlocks.Of(runs, options), .. CourseBlocks.Undecided(runs)]),
                .. Section("configuration", "Configuration", ProvenanceBlocks.Configuration(runs)),
                .. Section("lineage", "Lineage", ProvenanceBlocks.Lineage(runs)),
                .. Section("environment", "Environment", ProvenanceBlocks.Environment(runs)),
                .. Section("checklist", "Checklist of best practices",
                    [new ParagraphBlock("The points of the checklist by Lindauer and Hutter [@bestpractices], in our words, answered from the records."), BestPractices.Of(runs)]),
            ]);
    }

    /// <summary>The first run in sentences, and what repetitions say together.</summary>
    internal static string Summary(IReadOnlyList<ReportedRun> runs) => string.Join(' ', SeveralRunsBlocks.Sentences(runs).Prepend(FindingBlocks.Sentences(runs[0])));

    // A section without anything is left out.
    internal static IEnumerable<ReportSection> Section(string id, string heading, IEnumerable<ReportBlock> blocks)
    {
        ReportBlock[] all = [.. blocks];
        if (all.Length > 0) yield return new ReportSection(id, heading, all);
    }
}
