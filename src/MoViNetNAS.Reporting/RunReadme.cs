using System.Text;
using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>The README of <c>results/&lt;run&gt;/</c>: what came out, what each file is, how to do it again.</summary>
public static class RunReadme
{
    private static readonly (string File, string What)[] Files =
    [
        ("config.json", "the resolved configuration, all defaults written out"),
        ("space.json", "the search space, as it was"),
        ("best.json", "the chosen architecture: genotype, layers, cost, quality"),
        ("front.csv", "the Pareto front, one member a line, the cheapest first; numbers exact, top-1 as a fraction"),
        ("pareto.svg, pareto.png", "every trial and the front"),
        ("curves.svg, curves.png", "quality, reward, cost and entropy over the steps"),
        ("controller.csv", "per step: mean quality, cost over target, mean entropy, reward, entropy of each decision (nats)"),
        ("log.jsonl", "what happened when, one JSON object a line"),
        ("checkpoint files", "weights, optimizer, controller and position in the data, to resume from"),
    ];

    /// <summary>The text, Markdown.</summary>
    public static string Text(RunRecord run, RunFigures figures)
    {
        var text = new StringBuilder();
        text.Append($"# {run.Name}\n\n{Status(run)} ");
        text.Append($"{run.Algorithm} search of space {run.SpaceName} for {ObjectiveText.Label(run.Objective).ToLowerInvariant()} near {ObjectiveText.Short(run.Target)}: ");
        text.Append($"{Count(figures.Steps, "step")}, {Count(figures.Trials, "trial")}, {Duration(figures.Seconds)}.\n\n");
        text.Append(Headline(run, figures).ToMarkdown());
        text.Append("\nTop-1 is measured with shared weights on held-out clips: it ranks architectures, it is not what a network trained alone reaches. ");
        text.Append("± is the standard error of that many clips.\n\n");
        text.Append($"The front has {Count(figures.FrontMembers, "member")}");
        if (figures.Hypervolume is { } volume) text.Append($", hypervolume {volume:0.####}");
        text.Append(".\n\n![Pareto plot](pareto.svg)\n\n## Files\n\n");
        foreach (var (file, what) in Files) text.Append($"- `{file}`: {what}\n");
        text.Append($"\n## Again\n\n```\nmovinet rerun {run.Name}\n```\n\n");
        text.Append("The same machine and thread count give the same trials, bit for bit.\n\n");
        foreach (var (name, value) in Provenance(run)) text.Append($"- {name}: {value}\n");
        return text.ToString();
    }

    private static string Status(RunRecord run) => run.Status switch
    {
        RunStatus.Completed => "Completed.",
        RunStatus.Failed => $"**Failed**: {run.Failure}",
        RunStatus.Interrupted => "**Interrupted**; the numbers are those of the steps done, and it can be resumed.",
        _ => "**Not finished**; the numbers are those of the steps done.",
    };

    private static TextTable Headline(RunRecord run, RunFigures figures)
    {
        var rows = new List<IReadOnlyList<string>>();
        Add("most probable within the tolerance", figures.MostProbableFeasible);
        Add("most probable", figures.MostProbable);
        Add("best random one within the tolerance", figures.BestBaseline);
        return new TextTable(
            ["", "Top-1 %", ObjectiveText.Label(run.Objective), "of target", "Parameters", "Genotype"], rows, [false, true, true, true, true, false]);

        void Add(string name, Trial? trial)
        {
            if (trial is null)
            {
                rows.Add([name, "none", "", "", "", ""]);
                return;
            }

            long cost = trial.Cost.Of(run.Objective);
            double error = Math.Sqrt(trial.Quality * (1 - trial.Quality) / Math.Max(1, trial.QualityClips));
            rows.Add(
            [
                name, $"{100 * trial.Quality:0.0} ± {100 * error:0.0} ({trial.QualityClips} clips)", ObjectiveText.Short(cost), $"{100 * cost / run.Target:0}%",
                ObjectiveText.Short(trial.Cost.TrainableParameters), $"`{trial.Genotype}`",
            ]);
        }
    }

    private static IEnumerable<(string Name, string Value)> Provenance(RunRecord run) =>
    [
        ("command", $"`{run.Command}`"), ("started", run.StartedUtc.ToString("u")), ("seed", run.Seed.ToString()), ("space hash", run.SpaceHash),
        ("split hash", run.SplitHash), ("versions", run.Versions), ("machine", run.Machine),
    ];

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    private static string Duration(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
            : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
            : $"{seconds:0.0} s";
    }
}
