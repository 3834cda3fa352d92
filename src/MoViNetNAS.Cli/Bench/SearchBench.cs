using MoViNetNAS.Cli.Output;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Times what a search does beside the network: drawing and counting architectures, the front, storing trials.</summary>
internal static class SearchBench
{
    private const int Classes = 600, Genotypes = 256;
    private const string RunName = "bench";
    private const double MostMicroseconds = 20, MostSeconds = 1;

    public static SearchSection Run(BenchContext context)
    {
        var space = SpaceFiles.Load("a2");
        using var progress = context.Terminal.Progress("search", 3);
        progress.Report(0, "genotypes");
        List<SearchRow> rows = [.. MeasureGenotypes(context, space)];
        progress.Report(1, "front");
        rows.Add(MeasureFront(context));
        progress.Report(2, "store");
        rows.Add(MeasureStore(context, space));
        progress.Report(3);
        return new SearchSection(rows);
    }

    private static IEnumerable<SearchRow> MeasureGenotypes(BenchContext context, SearchSpace space)
    {
        var table = new CostTable(space, NetworkVariant.Causal, Classes, space.Definition.Input);
        var controller = new Controller(space, ControllerState.Start(space.Decisions.Select(decision => decision.OptionCount)));
        var sampler = new CandidateSampler(space);
        var random = BenchContext.Random("genotypes");
        yield return Row("draw, cost and log-probability of a genotype", MostMicroseconds, () =>
        {
            int[] choices = controller.Sample(random);
            return table.Of(space.Genotype(choices)).Macs + controller.LogProbability(choices);
        });
        yield return Row("the same as a candidate of a search step, with room for warm-up", bar: null, () =>
        {
            var candidate = sampler.Draw(controller, random, warmUpProbability: 0);
            return table.Of(candidate.Genotype).Macs + controller.LogProbability(candidate.Choices.AsSpan());
        });

        SearchRow Row(string work, double? bar, Func<double> draw)
        {
            double sum = 0; // something uses the results, so that nothing is left out
            var time = context.Timing.Of(
                () =>
                {
                    for (int i = 0; i < Genotypes; i++) sum += draw();
                },
                context.Cancellation);
            if (double.IsNaN(sum)) throw new InvalidOperationException("a cost is no number");
            return new SearchRow(
                work, $"space {space.Name}, {space.Decisions.Length} decisions", time, 1000 * time.MedianMs / Genotypes, "microseconds", bar);
        }
    }

    private static SearchRow MeasureFront(BenchContext context)
    {
        int count = context.IsQuick ? 10_000 : 1_000_000;
        var random = BenchContext.Random("front");
        Trial[] trials = [.. Enumerable.Range(0, count).Select(i => Trial(i, 1 + random.Below(int.MaxValue), random.Uniform()))];
        var time = context.Timing.Of(() => ParetoFront.Of(trials, trial => trial.Cost.Macs, trial => trial.Quality), context.Cancellation);
        return new SearchRow("Pareto front of random trials", $"{Units.Count(count)} trials", time, time.MedianMs / 1000, "seconds", MostSeconds);
    }

    private static SearchRow MeasureStore(BenchContext context, SearchSpace space)
    {
        var folder = Directory.CreateTempSubdirectory("movinet-bench-");
        try
        {
            using var store = RunStore.Open(Path.Combine(folder.FullName, "bench.db"));
            store.Put(new RunRecord(
                RunName, RunStatus.Running, context.Clock.GetUtcNow(), null, "bench", "{}", space.Name, space.Hash, "{}", "", "tunas",
                CostObjective.Macs, 1, 0, "", "", null, null, null));
            int step = 0;
            var time = context.Timing.Of(
                () =>
                {
                    store.PutTrials([.. Enumerable.Range(0, TrialWriter.BatchTrials).Select(i => Trial(step * TrialWriter.BatchTrials + i, 1_000_000 + i, 0.5))]);
                    step++;
                },
                context.Cancellation);
            return new SearchRow(
                "store trials, on the disk when done", $"batches of {TrialWriter.BatchTrials}", time, 1000 * TrialWriter.BatchTrials / time.MedianMs,
                "trials per second", Bar: null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Trial Trial(int step, long macs, double quality) => new(
        RunName, TrialPhase.Search, step, 0, "0:1:2:0:1:2:0:1:2:0:1:2", quality, 64, quality, new Cost(macs, macs / 8, macs, macs / 5, macs / 5, 0, 65536));
}
