using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class SearchStateTests
{
    [Property(MaxTest = 100)]
    public void Json_gives_back_every_number_bit_for_bit(ulong seed)
    {
        var random = new RandomStream(seed);
        double Any() => random.Below(8) switch
        {
            0 => -0.0,
            1 => double.Epsilon,
            2 => -double.MaxValue,
            3 => 1.0 / 3,
            _ => Finite(),
        };
        double Finite()
        {
            double value;
            do value = BitConverter.UInt64BitsToDouble(random.NextBits());
            while (!double.IsFinite(value));
            return value;
        }

        System.Collections.Immutable.ImmutableArray<System.Collections.Immutable.ImmutableArray<double>> Rows() =>
            [.. new[] { 1, 3, 7 }.Select(count => Enumerable.Range(0, count).Select(_ => Any()).ToImmutableArrayOf())];
        var state = new SearchState(
            SearchState.CurrentFormat, "abc", 17, new ControllerState(5, Rows(), Rows(), Rows()), new RewardBaseline(0.95, Any(), Any()),
            new TrialChain(68, "def"), [Any(), Any()]);
        var read = SearchState.FromJson(state.ToJson());
        Assert.Equal(Bits(state), Bits(read));
        Assert.Equal(state.ToJson(), read.ToJson());
        Assert.Equal((17, "abc", state.Trials), (read.NextStep, read.Search, read.Trials));
    }

    [Theory]
    [InlineData("", "damaged")]
    [InlineData("null", "damaged")]
    [InlineData("{}", "damaged")]
    [InlineData("""{"format":2,"search":"","nextStep":0,"controller":{"updates":0,"logits":[],"firstMoments":[],"secondMoments":[]},"baseline":{"momentum":0.9,"numerator":0,"denominator":0},"trials":{"count":0,"sha256":""},"scored":[]}""", "format 2; this version reads format 1")]
    public void A_damaged_or_foreign_state_is_told_in_words(string text, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => SearchState.FromJson(text, "checkpoint/search.json")).Message);

    private static ulong[] Bits(SearchState state) =>
    [
        .. new[] { state.Controller.Logits, state.Controller.FirstMoments, state.Controller.SecondMoments }
            .SelectMany(rows => rows).SelectMany(row => row)
            .Concat([state.Baseline.Momentum, state.Baseline.Numerator, state.Baseline.Denominator])
            .Concat(state.Scored)
            .Select(BitConverter.DoubleToUInt64Bits),
    ];
}
