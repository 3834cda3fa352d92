using FsCheck.Xunit;

namespace MoViNetNAS.Spaces.Tests;

/// <summary>Source: TuNAS <c>scale_filters</c> and <c>make_divisible</c>, the official MoViNet code.</summary>
public sealed class ChannelRoundingTests
{
    [Theory]
    [InlineData(24, 0.75, 16)] // 18: the guarded rounding would give 24
    [InlineData(48, 0.75, 40)] // 36: half is rounded up
    [InlineData(96, 0.75, 72)]
    [InlineData(192, 0.75, 144)]
    [InlineData(512, 1.25, 640)]
    [InlineData(16, 1.25, 24)]
    [InlineData(24, 1.25, 32)]
    [InlineData(8, 0.75, 8)]
    [InlineData(8, 0.1, 8)]
    [InlineData(32, 1.0 / 4, 8)] // from here on: the cases of google-research/tunas's own tests with base 8
    [InlineData(64, 1.0 / 3, 24)]
    [InlineData(68, 1, 72)]
    [InlineData(68, 1.2, 80)]
    [InlineData(76, 1, 80)]
    [InlineData(76, 1.2, 88)]
    public void Widths_round_the_TuNAS_way(double nominal, double multiplier, int width) =>
        Assert.Equal(width, ChannelRounding.Scale(nominal, multiplier));

    [Theory]
    [InlineData(18, 24)] // 16 would be more than 10 % less
    [InlineData(6, 8)]
    [InlineData(20, 24)]
    [InlineData(46, 48)]
    [InlineData(1, 8)]
    [InlineData(68, 72)]
    [InlineData(83.9, 80)]
    [InlineData(7, 8)] // likewise, divisor 8
    [InlineData(56, 56)]
    [InlineData(1023, 1024)]
    [InlineData(1025, 1024)]
    public void Guarded_rounding_never_loses_a_tenth(double value, int width) => Assert.Equal(width, ChannelRounding.MakeDivisible(value));

    [Fact]
    public void Squeeze_excite_widths_of_A0_are_the_official_ones()
    {
        int[] expansions = [24, 80, 184, 112, 384, 280, 344];
        Assert.Equal([8, 24, 48, 32, 96, 72, 88], expansions.Select(NetworkVariant.Base.SqueezeExciteHidden));
        Assert.Equal([16, 40, 96, 56, 192, 144, 176], expansions.Select(NetworkVariant.Stream.SqueezeExciteHidden));
    }

    [Property]
    public bool Both_give_positive_multiples_of_8(ushort value)
    {
        int scaled = ChannelRounding.Scale(value, 1), guarded = ChannelRounding.MakeDivisible(value);
        return scaled % 8 == 0 && guarded % 8 == 0 && scaled >= 8 && guarded >= 0.9 * value
            && (value < 8 || Math.Abs(scaled - value) <= 4);
    }
}
