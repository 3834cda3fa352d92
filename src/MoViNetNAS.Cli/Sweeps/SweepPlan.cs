using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>Turns a sweep into its searches: targets become numbers, runs get their names. Nothing is trained.</summary>
internal static class SweepPlan
{
    private const int HashDigits = 6;

    /// <summary>The searches, space by space, in the order of the file.</summary>
    /// <param name="sweep">What is asked.</param>
    /// <param name="data">Folder of the videos; null for the experiment's.</param>
    /// <param name="terminal">For notes while data are opened.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">The experiment has mistakes, or no architecture of a space is on its target.</exception>
    public static IReadOnlyList<SweepSearch> Of(Sweep sweep, string? data, Terminal terminal, CancellationToken cancellation)
    {
        var searches = new List<SweepSearch>();
        int? classes = null;
        foreach (string? space in sweep.Spaces.Count > 0 ? sweep.Spaces.Cast<string?>() : [null])
        {
            cancellation.ThrowIfCancellationRequested();
            string[] overrides = [.. sweep.Set, .. space is null ? Array.Empty<string>() : [$"space={space}"]];
            var plain = At(Experiment.Load(sweep.Experiment, overrides), data);
            var known = plain.RequireSpace();
            classes ??= ClassesOf(plain, terminal, cancellation);
            var table = new CostTable(known, plain.Variant, classes.Value, known.Definition.Input, plain.Latency);
            var random = plain.Random.Derive("sweep");
            Cost[] drawn = [.. Enumerable.Range(0, SweepTarget.Draws).Select(_ => table.Of(known.Sample(random)))];
            double[] costs = [.. drawn.Select(cost => cost.Of(plain.Search.Objective)).Order()];
            foreach (var target in sweep.Targets)
            {
                RequireReach(known, plain.Search, target, costs);
                string value = target.Of(costs).ToString("R", CultureInfo.InvariantCulture);
                var experiment = Experiment.Load(sweep.Experiment, [.. overrides, $"search.target={value}"]);
                searches.Add(new SweepSearch(NameOf(sweep, experiment, target), At(experiment, data), target, costs, drawn.Average(cost => (double)cost.Macs)));
            }
        }

        return searches;
    }

    // Said before the first search begins, not when its turn comes days later.
    private static void RequireReach(SearchSpace space, SearchSettings settings, SweepTarget target, double[] costs)
    {
        double number = target.Of(costs);
        if (costs.Any(cost => Math.Abs(cost / number - 1) <= settings.Tolerance)) return;
        throw new InputException(
            $"the target {target.Label} is out of reach of space '{space.Name}': {costs.Length} architectures drawn of it cost from {Units.Metric(costs[0])} to {Units.Metric(costs[^1])} {CostObjectives.NameOf(settings.Objective)}, "
            + $"median {Units.Metric(costs[costs.Length / 2])}, and none is within {100 * settings.Tolerance:0.##} % of it.");
    }

    // After the name is made: a run is the same wherever its videos lie.
    private static Experiment At(Experiment experiment, string? data) => data is null ? experiment : experiment with { Data = experiment.Data.At(data) };

    // Of a published data set the classes are known before the videos are there.
    private static int ClassesOf(Experiment experiment, Terminal terminal, CancellationToken cancellation) =>
        PublishedDataset.Of(experiment.Name, experiment.Data)?.Classes
        ?? DataOpening.OpenForSearch(experiment.Data, experiment.RequireSpace().Definition.Input, terminal, cancellation).Classes.Count;

    private static string NameOf(Sweep sweep, Experiment experiment, SweepTarget target)
    {
        string text = $"{experiment.ToJson("space.json", "latency.json")}\n{experiment.RequireSpace().Hash}\n{experiment.Latency?.Hash}";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];
        return $"{sweep.Name}-{experiment.RequireSpace().Name.Replace("+", "up", StringComparison.Ordinal)}-{target.Key}-{hash}";
    }
}
