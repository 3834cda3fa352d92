using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Answers a strategy: a table of trained networks, shared weights, or real trainings.</summary>
public interface IGenotypeEvaluator
{
    /// <summary>Top-1 of <paramref name="genotype"/> after <paramref name="epochs"/> epochs, on clips that did not train it; the same whenever it is asked.</summary>
    double Score(Genotype genotype, int epochs);
}
