using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Which strategy decides what is evaluated, and its options.</summary>
public abstract record StrategySettings
{
    private static readonly Dictionary<string, Func<ConfigNode, StrategySettings>> Readers = new()
    {
        ["random"] = RandomSettings.ReadOptions,
        ["regularizedEvolution"] = RegularizedEvolutionSettings.ReadOptions,
        ["localSearch"] = LocalSearchSettings.ReadOptions,
        ["nsga2"] = Nsga2Settings.ReadOptions,
        ["evolution"] = EvolutionSettings.ReadOptions,
        ["successiveHalving"] = SuccessiveHalvingSettings.ReadOptions,
        ["controller"] = ControllerStrategySettings.ReadOptions,
    };

    /// <summary>The names of all strategies in files.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    /// <summary>The strategy's name in files.</summary>
    public abstract string Name { get; }

    /// <summary>A new strategy for <paramref name="problem"/>.</summary>
    public abstract ISearchStrategy Make(StrategyProblem problem);

    /// <summary>The options as JSON, with the name under "kind"; <see cref="Read"/> reads them back.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Reads a strategy: its name alone, or an object with the name under "kind" and options beside it.</summary>
    public static StrategySettings Read(ConfigNode node)
    {
        if (!node.IsObject) return node.OneOf(Defaults);
        if (node.Field("kind") is { } kind) return kind.OneOf(Readers)(node);
        node.Fail($"needs the key 'kind', one of {string.Join(", ", Names)}");
        return new RandomSettings();
    }

    // Every option may be left out, so a name alone is a strategy.
    private static Dictionary<string, StrategySettings> Defaults { get; } = new()
    {
        ["random"] = new RandomSettings(),
        ["regularizedEvolution"] = new RegularizedEvolutionSettings(),
        ["localSearch"] = new LocalSearchSettings(),
        ["nsga2"] = new Nsga2Settings(),
        ["evolution"] = new EvolutionSettings(),
        ["successiveHalving"] = new SuccessiveHalvingSettings(),
        ["controller"] = new ControllerStrategySettings(),
    };
}
