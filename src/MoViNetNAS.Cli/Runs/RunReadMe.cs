using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The README of a run's folder: the headline, and what each file is.</summary>
internal static class RunReadMe
{
    public static string Of(RunRecord record, SearchSummary summary, bool hasLatency)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {record.Name}");
        text.AppendLine();
        text.AppendLine($"`{record.Command}`, started {record.StartedUtc:yyyy-MM-dd HH:mm} UTC on {record.Machine}; {record.Versions}; seed {record.Seed}.");
        text.AppendLine();
        text.AppendLine("| architecture | genotype | cost / target | top-1 with shared weights |");
        text.AppendLine("|---|---|---|---|");
        void Row(string name, SummaryPick? pick)
        {
            if (pick is not null) text.AppendLine(FormattableString.Invariant($"| {name} | `{pick.Genotype}` | {pick.CostRatio:F3} | {pick.Quality:P1} |"));
        }

        Row("most probable", summary.MostProbable);
        if (summary.Targets is { Count: > 1 } targets)
            foreach (var target in targets) Row($"best at {Units.Metric(target.Target)}", target.Best);
        else Row(summary.MostProbable is null ? "result (best on target)" : "most probable on target", summary.Feasible);
        Row("most probable, moved onto target", summary.Repaired);
        if (summary.Targets is null) Row("best re-scored on target", summary.BestRescored);
        text.AppendLine();
        if (summary.RandomFeasible is { } random)
            text.AppendLine(FormattableString.Invariant($"{random.Architectures} uniformly drawn architectures that may be chosen, scored the same way: mean {random.MeanQuality:P1}, standard deviation {random.StandardDeviation:P1}, best {random.BestQuality:P1}."));
        if (summary.Chance is { } chance) text.AppendLine(chance.InWords());
        foreach (var advice in summary.Terms.Select(term => term.Advice).OfType<AdviceSummary>()) text.AppendLine(advice.Words);
        if (SummaryText.Bounds(summary) is { } bounds) text.AppendLine($"Bounds beside the target: {bounds[4..]}.");
        if (summary.ControllerRate is { } rate) text.AppendLine($"Resolved: {rate.InWords()}.");
        if (summary.Undecided.Count > 0) text.AppendLine($"{summary.Undecided.Count} decisions are still undecided; `best.json` lists their options with probabilities.");
        text.AppendLine(FormattableString.Invariant($"Target: {Units.Metric(summary.Target)} ({summary.Objective}) +- {summary.Tolerance:P0}. Mean entropy of the decisions: {summary.Entropy.Initial:F3} -> {summary.Entropy.Final:F3} nats. Trials stored: {summary.Trials}."));
        text.AppendLine(FormattableString.Invariant($"Clips that went through the supernet: {summary.TrainedClips} to train, {summary.ScoredClips} to score."));
        text.AppendLine("Shared-weight top-1 ranks architectures; what one is worth alone, `movinet train` tells.");
        text.AppendLine();
        text.AppendLine("| file | what it is |");
        text.AppendLine("|---|---|");
        text.AppendLine("| `config.json`, `space.json`, `machine.json` | the resolved experiment, the space, and on what it ran: enough to do it again (`movinet rerun`, which compares) |");
        if (hasLatency) text.AppendLine("| `latency.json` | the measured milliseconds that costs were made of |");
        text.AppendLine("| `best.json` | the table above, the baseline, entropy, and fingerprints of trials, logits and weights |");
        text.AppendLine("| `front.csv` | the front over all trials; its members were measured on the whole held-out split |");
        text.AppendLine("| `pareto.svg`, `.png`, `.pdf`, `.csv` | picture of the front and all trials, and the data of each mark |");
        if (summary.Targets is null)
        {
            text.AppendLine("| `controller.csv` | quality, cost, reward and the entropy of every decision, step by step |");
            text.AppendLine("| `curves.svg`, `.png`, `.pdf`, `.csv` | picture of quality, reward, cost and mean entropy over the steps, and its data with running means |");
        }
        else
        {
            text.AppendLine("| `training.csv` | loss of the shared weights and cost of what was trained, update by update |");
        }

        if (summary.ControllerRate is not null)
        {
            text.AppendLine("| `logits.csv` | the logit of every option at each checkpoint |");
            text.AppendLine("| `alternatives.csv` | every decision of the result with each other option: its probability and what the architecture would cost |");
        }

        text.AppendLine("| `log.jsonl` | started, resumed, interrupted, ended, with times |");
        text.AppendLine("| `checkpoint.safetensors` | shared weights, optimizer moments and controller: `movinet search --resume` goes on from it |");
        return text.ToString();
    }
}
