namespace MoViNetNAS.Models;

/// <summary>The sine encoding of frame indices, as <see cref="PositionalEncoding"/> defines it, computed once for all layers of one width.</summary>
internal sealed class PositionTable
{
    private readonly double[] _divisors;
    private readonly float[] _values;
    private readonly long[] _frames;
    private readonly int _channels;

    /// <param name="channels">Numbers of an encoding.</param>
    /// <param name="frames">Frames that are asked for again.</param>
    public PositionTable(int channels, int frames)
    {
        _channels = channels;
        _divisors = [.. Enumerable.Range(0, (channels + 1) / 2).Select(j => Math.Pow(10000, 2.0 * j / channels))];
        _values = new float[frames * channels];
        _frames = new long[frames];
        Array.Fill(_frames, -1);
    }

    /// <summary>[channels] for a frame; valid until that many other frames were asked for.</summary>
    public ReadOnlySpan<float> Of(long frame)
    {
        int slot = (int)(frame % _frames.Length);
        var values = _values.AsSpan(slot * _channels, _channels);
        if (_frames[slot] == frame) return values;
        int sines = _divisors.Length;
        for (int j = 0; j < sines; j++)
        {
            var (sine, cosine) = Math.SinCos(frame / _divisors[j]);
            values[j] = (float)sine;
            if (sines + j < _channels) values[sines + j] = (float)cosine;
        }

        _frames[slot] = frame;
        return values;
    }
}
