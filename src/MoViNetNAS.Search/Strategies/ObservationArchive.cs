using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a strategy has been told.</summary>
/// <param name="problem">What it solves.</param>
internal sealed class ObservationArchive(StrategyProblem problem)
{
    private readonly List<Observation> _all = [];
    private readonly HashSet<Genotype> _seen = [];

    /// <summary>Every observation, in the order told.</summary>
    public IReadOnlyList<Observation> All => _all;

    /// <summary>Every genotype told of.</summary>
    public IReadOnlySet<Genotype> Seen => _seen;

    /// <summary>The best feasible one of those trained longest, the first of equals; null before there is one.</summary>
    public Observation? Best { get; private set; }

    /// <summary>Takes in what was told.</summary>
    public void Add(IReadOnlyList<Observation> observations)
    {
        foreach (var observation in observations)
        {
            _all.Add(observation);
            _seen.Add(observation.Genotype);
            if (problem.Feasible.Contains(observation.Cost) && IsBetter(observation)) Best = observation;
        }
    }

    private bool IsBetter(Observation observation) =>
        Best is null || observation.Epochs > Best.Epochs || (observation.Epochs == Best.Epochs && observation.Quality > Best.Quality);
}
