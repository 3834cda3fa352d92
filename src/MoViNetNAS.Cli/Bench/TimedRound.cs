using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Bench;

/// <summary>One round of measuring a network.</summary>
/// <param name="Times">As measured.</param>
/// <param name="PulseMs">Milliseconds of a <see cref="Pulse"/> in the same moments.</param>
internal sealed record TimedRound(MeasuredNetwork Times, double PulseMs)
{
    /// <summary>The rounds of one network as one: the medians, at the speed at which a pulse takes <paramref name="usualPulseMs"/>.</summary>
    public static MeasuredNetwork Middle(IReadOnlyList<TimedRound> rounds, double usualPulseMs)
    {
        double Of(Func<MeasuredNetwork, double> ms) => Spread.Of([.. rounds.Select(round => ms(round.Times) * usualPulseMs / round.PulseMs)]).MedianMs;
        var operations = rounds[0].Times.Operations;
        return new MeasuredNetwork(operations, [.. Enumerable.Range(0, operations.Count).Select(i => Of(times => times.OperationMs[i]))], Of(times => times.WholeMs));
    }
}
