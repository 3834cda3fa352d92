using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class LatencyFileTests
{
    private static readonly LatencyTable Table = LatencyFit.Validated(
        SyntheticLatency.Table(TestSpaces.Tiny, NetworkVariant.Causal, 10),
        SyntheticLatency.Sample(TestSpaces.Tiny, NetworkVariant.Causal, 10, new RandomStream(2), 9, 0.01));

    private static readonly string Text = LatencyFile.ToJson(Table);

    [Fact]
    public void Written_and_read_it_is_the_same_bit_for_bit()
    {
        var read = LatencyFile.Parse("table.json", Text);
        Assert.Equal(Text, LatencyFile.ToJson(read));
        Assert.Equal((Table.Hash, Table.Origin, Table.Calibration, Table.Validation), (read.Hash, read.Origin, read.Calibration, read.Validation));
        Assert.Equal(Table.Entries.OrderBy(entry => $"{entry.Key}"), read.Entries.OrderBy(entry => $"{entry.Key}"));
        Assert.NotEqual(Table.Hash, SyntheticLatency.Table(TestSpaces.Tiny, NetworkVariant.Causal, 11).Hash);
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "table.json(2): format must be a whole number from 1 to 1, not 2.")]
    [InlineData("\"variant\": \"causal\"", "\"variant\": \"base\"", "variant must be one of stream, causal, not 'base'.")]
    [InlineData("\"operation\": \"stem 16/2 3>8\"", "\"operation\": \"stem 16/2 3\"", "must be an operation like 'depthwise 16/2 24>24 5x3x3', not 'stem 16/2 3'.")]
    [InlineData("\"calibration\":", "\"calibratoin\":", "unknown key 'calibratoin'; did you mean 'calibration'?")]
    [InlineData("\"threads\": 1", "\"threads\": 0", "threads must be a whole number from 1 to 1024, not 0.")]
    [InlineData("\"part\": \"stem\"", "\"part\": \"head\"", "is a second line for 'head'.")]
    public void A_mistake_is_told_in_words(string part, string instead, string words)
    {
        Assert.Contains(part, Text);
        Assert.Contains(words, Assert.Throws<InputException>(() => LatencyFile.Parse("table.json", Text.Replace(part, instead, StringComparison.Ordinal))).Message);
    }

    [Fact]
    public void A_table_of_other_networks_is_named()
    {
        var tiny = TestSpaces.Tiny;
        Assert.Null(Table.Mismatch(tiny, NetworkVariant.Causal, 16, 10));
        Assert.Null(Table.Mismatch(tiny, NetworkVariant.Causal, 16));
        Assert.Contains("is of space 'tiny' (hash", Table.Mismatch(TestSpaces.Large, NetworkVariant.Causal, 16));
        Assert.Contains("not of 'stream'", Table.Mismatch(tiny, NetworkVariant.Stream, 16));
        Assert.Contains("16x16, not 32x32", Table.Mismatch(tiny, NetworkVariant.Causal, 32));
        Assert.Contains("10 classes, not 8; `movinet bench latency --space FILE --variant causal --classes 8`", Table.Mismatch(tiny, NetworkVariant.Causal, 16, 8));
    }
}
