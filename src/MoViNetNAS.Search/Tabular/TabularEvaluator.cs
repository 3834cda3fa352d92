using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Answers a search from a table: each architecture by one of its trainings, drawn by the search's seed, as a real search would train it once.</summary>
/// <param name="benchmark">The table.</param>
/// <param name="seed">Which training of each architecture the search sees.</param>
public sealed class TabularEvaluator(TabularBenchmark benchmark, RandomStream seed) : IGenotypeEvaluator
{
    private readonly Dictionary<Genotype, int> _training = benchmark.Entries
        .Select((entry, i) => (entry.Genotype, Training: seed.Derive("training", i).Below(entry.Trainings.Length)))
        .ToDictionary(pair => pair.Genotype, pair => pair.Training);

    /// <inheritdoc/>
    /// <exception cref="InputException">The table has no scores after so many epochs.</exception>
    public double Score(Genotype genotype, int epochs)
    {
        int at = benchmark.Recipe.Epochs.IndexOf(epochs);
        if (at < 0) throw new InputException($"the search asks for scores after {epochs} epochs; benchmark '{benchmark.Recipe.Name}' has them after {string.Join(", ", benchmark.Recipe.Epochs)}: choose other leastEpochs or eta.");
        return benchmark[genotype].Trainings[_training[genotype]].Scores[at];
    }
}
