using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What uniformly drawn architectures cost.</summary>
/// <param name="Minimum">Cheapest drawn.</param>
/// <param name="Median">The middle one, or the mean of the two in the middle.</param>
/// <param name="Maximum">Dearest drawn.</param>
public sealed record CostSurvey(double Minimum, double Median, double Maximum)
{
    /// <summary>Surveys <paramref name="draws"/> architectures, at least one.</summary>
    public static CostSurvey Draw(SearchSpace space, CostTable costs, CostObjective objective, RandomStream random, int draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double[] values = [.. Enumerable.Range(0, draws).Select(_ => costs.Of(space.Sample(random)).Of(objective)).Order()];
        return new CostSurvey(values[0], (values[(draws - 1) / 2] + values[draws / 2]) / 2, values[^1]);
    }
}
