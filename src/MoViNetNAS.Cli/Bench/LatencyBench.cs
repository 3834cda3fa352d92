using System.Collections.Immutable;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Measures the operations of a space in few networks that have all of them, fits a table, and tries it on others.</summary>
internal static class LatencyBench
{
    private const int WarmUpNetworks = 24;

    /// <param name="context">Shows progress, can be stopped; its first number of threads is measured.</param>
    /// <param name="space">The space.</param>
    /// <param name="variant">A causal variant.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <param name="networks">Random networks that the table is tried on, at least two.</param>
    /// <param name="machine">This one.</param>
    public static LatencyMeasurement Run(
        BenchContext context, SearchSpace space, NetworkVariant variant, int classes, int networks, BenchMachine machine)
    {
        var effort = context.IsQuick ? LatencyEffort.Quick : LatencyEffort.Full;
        int resolution = space.Definition.Input.Resolution, threads = context.Threads[0];
        var cover = new OperationCover(space, resolution);
        var fitting = cover.Choose(BenchContext.Random("latency fit"), effort.Times);
        var others = Others(space, BenchContext.Random("latency validation"), fitting, networks);
        ImmutableArray<Genotype> all = [.. fitting, .. others];
        var timer = new NetworkTimer(variant, classes, effort, context.Clock);

        long began = context.Clock.GetTimestamp();
        var rounds = BenchContext.With(threads, () => Measure(context, space, timer, all, effort.Rounds));
        var pulse = Spread.Of([.. rounds.Values.SelectMany(list => list).Select(round => round.PulseMs)]);
        var measured = rounds.ToDictionary(pair => pair.Key, pair => TimedRound.Middle(pair.Value, pulse.MedianMs));
        MeasuredNetwork[] forFit = [.. fitting.Select(genotype => measured[genotype])], forTrial = [.. others.Select(genotype => measured[genotype])];
        var origin = new LatencyOrigin(space.Name, space.Hash, variant, classes, resolution, threads, machine.Place, machine.Versions);
        var table = LatencyFit.Validated(LatencyFit.Of(origin, forFit), forTrial);

        LatencyExtreme Extreme(Genotype genotype) => new($"{genotype}", measured[genotype].WholeMs, table.Of(space.Resolve(genotype)));
        (double X, double Ms) Point(Genotype genotype) =>
            (CostModel.Of(space.Resolve(genotype), variant, classes).MacsPerFrame, measured[genotype].WholeMs);
        return new LatencyMeasurement(
            table, LatencyFit.R2OfLine([.. fitting.Select(Point)], [.. others.Select(Point)]), cover.Operations.Count, cover.Operations.Count(table.Entries.ContainsKey), fitting.Length,
            Extreme(others.MinBy(genotype => measured[genotype].WholeMs)!), Extreme(others.MaxBy(genotype => measured[genotype].WholeMs)!),
            pulse.UpperMs / pulse.LowerMs - 1, context.Clock.GetElapsedTime(began).TotalSeconds);
    }

    // Round by round, in an order of chance: what the machine does meanwhile must not favour one kind of network.
    private static Dictionary<Genotype, List<TimedRound>> Measure(
        BenchContext context, SearchSpace space, NetworkTimer timer, ImmutableArray<Genotype> all, int rounds)
    {
        var results = all.ToDictionary(genotype => genotype, _ => new List<TimedRound>());
        var order = BenchContext.Random("latency order");
        // The just-in-time compiler needs some calls of each kernel; the first networks have most of them.
        foreach (var genotype in all.Take(rounds > 1 ? WarmUpNetworks : 0)) timer.Measure(space.Resolve(genotype));
        using var progress = context.Terminal.Progress("networks", (long)rounds * all.Length);
        long done = 0;
        for (int round = 0; round < rounds; round++)
        {
            foreach (int i in order.Permutation(all.Length))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                progress.Report(done++, $"round {round + 1} of {rounds}");
                results[all[i]].Add(timer.Measure(space.Resolve(all[i])));
            }
        }

        progress.Report(done);
        return results;
    }

    // Small spaces may not have as many that are not in the fit.
    private static ImmutableArray<Genotype> Others(SearchSpace space, RandomStream random, ImmutableArray<Genotype> fitting, int count)
    {
        var seen = fitting.ToHashSet();
        var others = ImmutableArray.CreateBuilder<Genotype>();
        for (int tries = 0; others.Count < count && tries < 1000 * count; tries++)
        {
            var genotype = space.Sample(random);
            if (seen.Add(genotype)) others.Add(genotype);
        }

        return others.Count >= 2
            ? others.ToImmutable()
            : throw new InputException($"space '{space.Name}' is too small: all but {others.Count} of its networks are needed for the fit, and none are left to try it on.");
    }
}
