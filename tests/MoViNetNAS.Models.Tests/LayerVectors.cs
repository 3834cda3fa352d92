using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Numbers that the official tests assert. Source: official MoViNet code, layer tests.</summary>
public sealed class LayerVectors
{
    [Theory]
    [InlineData(0, new[] { 0f, 0f, 0f, 0f, 1f, 1f, 1f, 1f })]
    [InlineData(1, new[] { 0.8414710f, 0.0998334f, 0.0099998f, 0.0010000f, 0.5403023f, 0.9950042f, 0.9999500f, 0.9999995f })]
    [InlineData(7, new[] { 0.6569866f, 0.6442177f, 0.0699428f, 0.0069999f, 0.7539023f, 0.7648422f, 0.9975510f, 0.9999755f })]
    public void Positional_encoding_of_eight_channels_has_the_official_values(int frame, float[] expected)
    {
        using var scope = NewDisposeScope();
        float[] encoding = PositionalEncoding.Of(frame, 1, 8).data<float>().ToArray();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], encoding[i], 1e-6f);
    }

    [Fact]
    public void Positional_encoding_of_three_channels_has_two_sines_and_one_cosine()
    {
        using var scope = NewDisposeScope();
        float[] encoding = PositionalEncoding.Of(0, 4, 3).data<float>().ToArray();
        float[] expected =
        [
            0, 0, 1,
            0.8414710f, 0.0021545f, 0.5403023f,
            0.9092975f, 0.0043088f, -0.4161469f,
            0.1411200f, 0.0064633f, -0.9899925f,
        ];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], encoding[i], 1e-6f);
    }

    [Fact]
    public void The_skip_pool_does_not_count_padded_cells()
    {
        using var scope = NewDisposeScope();
        var even = arange(16, dtype: float32).view(1, 1, 1, 4, 4); // padded after only: windows of 9, 6, 6 and 4 real cells
        Assert.Equal([5f, 6.5f, 11f, 12.5f], AveragePool.Apply(ChannelsLast.Ensure(even)).contiguous().data<float>().ToArray());
        var odd = arange(9, dtype: float32).view(1, 1, 1, 3, 3);
        Assert.Equal([2f, 3f, 5f, 6f], AveragePool.Apply(ChannelsLast.Ensure(odd)).contiguous().data<float>().ToArray());
    }

    [Theory]
    [InlineData(4, 3, 2, 0, 1)]
    [InlineData(4, 5, 2, 1, 2)]
    [InlineData(5, 3, 2, 1, 1)]
    [InlineData(5, 5, 2, 2, 2)]
    [InlineData(7, 3, 1, 1, 1)]
    [InlineData(7, 5, 1, 2, 2)]
    public void Same_padding_is_TensorFlows(int size, int kernel, int stride, int before, int after) =>
        Assert.Equal(new SamePadding(before, after), SamePadding.Of(size, kernel, stride));

    [Fact]
    public void Activations_have_the_official_values()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -4f, -3f, -2.5f, -1f, 0f, 1f, 2.5f, 3f, 4f });
        AssertClose([0, 0, -0.208333f, -0.333333f, 0, 0.666667f, 2.291667f, 3, 4], ActivationType.HardSwish.Apply(x).data<float>().ToArray());
        AssertClose([0, 0, 0, 0.3f, 0.5f, 0.7f, 1, 1, 1], GateType.HardSigmoid.Apply(x).data<float>().ToArray());
        AssertClose(
            [0, 0, 0.083335f, 0.333340f, 0.500010f, 0.666680f, 0.916685f, 1.000020f, 1.000020f],
            GateType.HardSigmoidRelu6.Apply(x).data<float>().ToArray());
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
