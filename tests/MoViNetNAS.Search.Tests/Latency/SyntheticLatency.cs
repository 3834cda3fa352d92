using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Networks whose time is known: each operation takes a constant and a rate by its part, a whole network a little more, all with noise.</summary>
internal static class SyntheticLatency
{
    public const double Start = 0.02, Factor = 1.1; // of a whole network

    public static LatencyOrigin Origin(SearchSpace space, NetworkVariant variant, int classes) =>
        new(space.Name, space.Hash, variant, classes, space.Definition.Input.Resolution, 1, "processor, system", "version");

    /// <summary>The true time of an operation, in milliseconds.</summary>
    public static double Ms(OperationKey key, NetworkVariant variant, int classes)
    {
        int part = OperationKeys.Parts.ToList().IndexOf(key.Part);
        return 0.002 * (1 + part) + 1e-7 * (1 + part) * OperationKeys.Work(key, variant, classes);
    }

    /// <summary>A network as a clock with <paramref name="noise"/> (relative standard deviation) would see it.</summary>
    public static MeasuredNetwork Measure(SearchSpace space, Genotype genotype, NetworkVariant variant, int classes, RandomStream random, double noise)
    {
        double Noisy(double ms) => ms * (1 + noise * random.Normal());
        var keys = OperationKeys.Of(space.Resolve(genotype), space.Definition.Input.Resolution);
        return new MeasuredNetwork(
            keys, [.. keys.Select(key => Noisy(Ms(key, variant, classes)))], Noisy(Start + Factor * keys.Sum(key => Ms(key, variant, classes))));
    }

    public static MeasuredNetwork[] Sample(SearchSpace space, NetworkVariant variant, int classes, RandomStream random, int count, double noise) =>
        [.. Enumerable.Range(0, count).Select(_ => Measure(space, space.Sample(random), variant, classes, random, noise))];

    /// <summary>A table of the whole space.</summary>
    public static LatencyTable Table(SearchSpace space, NetworkVariant variant, int classes, double noise = 0.01)
    {
        var random = new RandomStream(5);
        var genotypes = new OperationCover(space, space.Definition.Input.Resolution).Choose(random);
        return LatencyFit.Of(Origin(space, variant, classes), [.. genotypes.Select(genotype => Measure(space, genotype, variant, classes, random, noise))]);
    }
}
