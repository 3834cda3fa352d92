using System.Collections.Immutable;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>A search method of a comparison.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Strategy">What decides which architectures are trained from scratch; null for a search with shared weights. On a table always one.</param>
/// <param name="Set">Changes of the experiment, for a search with shared weights.</param>
internal sealed record CompareMethod(string Name, StrategySettings? Strategy, ImmutableArray<string> Set)
{
    public static CompareMethod Read(ConfigNode node, bool isOnTable)
    {
        var o = node.Object(isOnTable ? ["name", "strategy"] : ["name", "set", "strategy"]);
        var method = new CompareMethod(
            o.Required("name", n => n.Text(), ""),
            isOnTable ? o.Required<StrategySettings>("strategy", StrategySettings.Read, new RandomSettings()) : o.Optional("strategy", StrategySettings.Read, null),
            isOnTable ? [] : o.Optional<ImmutableArray<string>>("set", n => [.. n.Array().Select(e => e.Text())], []));
        if (isOnTable) return method;
        if (method is { Strategy: not null, Set.Length: > 0 }) node.Field("set")!.Fail("is of a search with shared weights; a method with 'strategy' trains every architecture from scratch");
        if (method.Strategy is SuccessiveHalvingSettings) node.Field("strategy")!.Fail("successiveHalving stops trainings and goes on with them, which only a table ('benchmark') can replay");
        return method;
    }
}
