namespace MoViNetNAS.Search;

/// <summary>Turns quality and cost into the one number that a controller maximises.</summary>
public interface IReward
{
    /// <summary>The reward of a genotype with <paramref name="quality"/> in [0, 1] and <paramref name="cost"/> above 0.</summary>
    double Score(double quality, double cost);
}
