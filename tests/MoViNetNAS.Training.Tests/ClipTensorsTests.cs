using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class ClipTensorsTests
{
    [Fact]
    public void Every_byte_becomes_its_share_of_255_in_its_place()
    {
        using var scope = NewDisposeScope();
        var input = new InputShape(3, 7); // 441 bytes a clip: no multiple of any vector
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 7 * 7 * 3).Select(i => (byte)(i * 37))];
        var clips = ClipTensors.Of(new ClipBatch(pixels, [new(0), new(1)], input), CPU);
        Assert.Equal([2, 3, 3, 7, 7], clips.shape);
        float[] stored = [.. clips.permute(0, 2, 3, 4, 1).contiguous().data<float>()];
        for (int i = 0; i < pixels.Length; i++) Assert.Equal(pixels[i] * (1 / 255f), stored[i]);
    }
}
