using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Inference;

/// <summary>Random clips, as numbers for compiled streams and as tensors for modules.</summary>
internal sealed class RandomFrames
{
    private readonly float[] _values;
    private readonly int _batch;
    private readonly int _frames;
    private readonly int _size;

    public RandomFrames(RandomStream random, int batch, int frames, int size)
    {
        (_batch, _frames, _size) = (batch, frames, size);
        _values = new float[batch * frames * size * size * 3];
        for (int i = 0; i < _values.Length; i++) _values[i] = (float)random.Uniform(0, 1);
    }

    /// <summary>Frames [first, first + count) of every clip, [B, T, S, S, 3].</summary>
    public float[] Numbers(int first, int count)
    {
        int frame = _size * _size * 3;
        var part = new float[_batch * count * frame];
        for (int clip = 0; clip < _batch; clip++)
            Array.Copy(_values, (clip * _frames + first) * frame, part, clip * count * frame, count * frame);
        return part;
    }

    /// <summary>The same as [B, 3, T, S, S].</summary>
    public Tensor Clip(int first, int count) => tensor(Numbers(first, count), [_batch, count, _size, _size, 3]).permute(0, 4, 1, 2, 3);
}
