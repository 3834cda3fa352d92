using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The path rule of a search that trains first and chooses then.</summary>
public static class PathRules
{
    /// <summary>The rule of <paramref name="settings"/>.</summary>
    /// <param name="settings">With an algorithm of two stages.</param>
    /// <param name="space">What is drawn from.</param>
    /// <param name="seed">The run's root stream.</param>
    /// <exception cref="ArgumentException">A policy chooses in that algorithm.</exception>
    public static IPathRule Of(SearchSettings settings, SearchSpace space, RandomStream seed) => settings.Algorithm switch
    {
        SearchAlgorithm.Spos => new UniformPaths(space, settings.Candidates, seed.Derive("paths")),
        SearchAlgorithm.FairNas => new StrictlyFairPaths(space, seed.Derive("paths")),
        SearchAlgorithm.Sandwich => new SandwichPaths(space, settings.Candidates, seed.Derive("paths")),
        _ => throw new ArgumentException($"in {settings.AlgorithmName} a policy chooses what is trained.", nameof(settings)),
    };

    /// <summary>Architectures that one update trains under <paramref name="settings"/>, whatever the algorithm.</summary>
    public static int PathsPerStep(SearchSettings settings, SearchSpace space) =>
        settings.IsTwoStage ? Of(settings, space, new RandomStream(0)).Paths : settings.Candidates;
}
