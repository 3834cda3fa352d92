using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>A table of trainings in closed form: <see cref="ToyEvaluator.Quality"/> with some ruggedness, reached the nearer the longer the training.</summary>
internal sealed class ToyTable(SearchSpace space, double ruggedness = 0.01) : IGenotypeEvaluator
{
    public List<(Genotype Genotype, int Epochs)> Asked { get; } = [];

    public double Score(Genotype genotype, int epochs)
    {
        Asked.Add((genotype, epochs));
        return Quality(genotype) * (1 - Math.Exp(-epochs));
    }

    /// <summary>After endless training, in [0, 1].</summary>
    public double Quality(Genotype genotype)
    {
        ulong hash = 1;
        foreach (int choice in genotype.Choices) hash = hash * 31 + (ulong)choice;
        return 0.5 * ToyEvaluator.Quality(space.Resolve(genotype)) + ruggedness * new RandomStream(hash).Normal();
    }
}
