using MoViNetNAS.Models.Kernels;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Modules and clips of constant numbers, with which the official tests calculate.</summary>
internal static class Constant
{
    /// <summary>Sets every kernel of a fresh module to ones; biases are zeros and norms the identity but for their epsilon already.</summary>
    public static T WithOnes<T>(T module) where T : nn.Module
    {
        using var unrecorded = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
            if (name.EndsWith("eight", StringComparison.Ordinal)) parameter.fill_(1);
        return module;
    }

    /// <summary>Ones, [1, channels, frames, rows, columns].</summary>
    public static Tensor Clip(int frames, int rows, int columns, int channels) =>
        ChannelsLast.Ensure(ones([1, channels, frames, rows, columns]));

    /// <summary>As <see cref="Clip"/>, with frame t = t, counted from 1.</summary>
    public static Tensor CountedFrames(int frames, int rows, int columns, int channels) =>
        ChannelsLast.Ensure(arange(1, frames + 1, dtype: float32).view(1, 1, frames, 1, 1).expand(1, channels, frames, rows, columns).contiguous());

    /// <summary>The numbers in the order frame, row, column, channel, as the official tests write them.</summary>
    public static float[] Values(Tensor x) => [.. x.detach().permute(0, 2, 3, 4, 1).contiguous().data<float>()];

    public static void AssertClose(IEnumerable<float> expected, IReadOnlyList<float> actual, float tolerance = 1e-5f)
    {
        float[] all = [.. expected];
        Assert.Equal(all.Length, actual.Count);
        for (int i = 0; i < all.Length; i++) Assert.Equal(all[i], actual[i], tolerance);
    }

    /// <summary>Each number so many times: once for each channel.</summary>
    public static IEnumerable<float> Each(this IEnumerable<float> values, int channels) => values.SelectMany(value => Enumerable.Repeat(value, channels));
}
