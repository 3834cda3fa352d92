using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The sine encoding of the frame index.</summary>
/// <remarks>angle_i = p / 10000^(2 floor(i/2) / C); the sines of even i come first, then the cosines of odd i (not interleaved).
/// Source: official MoViNet code, PositionalEncoding.</remarks>
internal static class PositionalEncoding
{
    /// <summary>[1, T, C] for frames <paramref name="first"/> ... first + T - 1.</summary>
    public static Tensor Of(long first, long frames, long channels)
    {
        var values = new float[frames * channels];
        for (long t = 0; t < frames; t++)
        {
            long at = t * channels;
            for (long i = 0; i < channels; i += 2) values[at++] = (float)Math.Sin(Angle(first + t, i, channels));
            for (long i = 1; i < channels; i += 2) values[at++] = (float)Math.Cos(Angle(first + t, i, channels));
        }

        return tensor(values, [1, frames, channels]);
    }

    private static double Angle(long frame, long i, long channels) => frame / Math.Pow(10000, 2.0 * (i / 2) / channels);
}
