using System.Collections.Immutable;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>A search method of a comparison.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Strategy">On a table: what decides what is evaluated.</param>
/// <param name="Set">By searches: changes of the experiment.</param>
/// <param name="IsRandomTraining">By searches: no search, but as many random architectures trained from scratch as the dearest search of the same seed has compute for.</param>
internal sealed record CompareMethod(string Name, StrategySettings? Strategy, ImmutableArray<string> Set, bool IsRandomTraining)
{
    public static CompareMethod Read(ConfigNode node, bool isOnTable)
    {
        var o = node.Object(isOnTable ? ["name", "strategy"] : ["name", "set", "trainsRandom"]);
        string name = o.Required("name", n => n.Text(), "");
        if (isOnTable) return new CompareMethod(name, o.Required<StrategySettings>("strategy", StrategySettings.Read, new RandomSettings()), [], false);
        var method = new CompareMethod(
            name, null, o.Optional<ImmutableArray<string>>("set", n => [.. n.Array().Select(e => e.Text())], []), o.Optional("trainsRandom", n => n.Bool(), false));
        if (method.IsRandomTraining && method.Set.Length > 0) node.Field("set")!.Fail("is of a search, and trainsRandom searches nothing");
        return method;
    }
}
