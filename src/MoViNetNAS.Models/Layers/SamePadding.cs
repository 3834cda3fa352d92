namespace MoViNetNAS.Models;

/// <summary>TensorFlow's "same" padding: the output has ceil(size / stride) cells, and the odd cell of padding goes to the end.</summary>
internal readonly record struct SamePadding(int Before, int After)
{
    public static SamePadding Of(int size, int kernel, int stride)
    {
        int output = (size + stride - 1) / stride;
        int total = Math.Max((output - 1) * stride + kernel - size, 0);
        return new SamePadding(total / 2, total - total / 2);
    }
}
