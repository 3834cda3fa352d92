using static TorchSharp.torch;
namespace MoViNetNAS.Models.Kernels;
internal static class DepthwiseConvolution
{
    public static Tensor Apply(Tensor x, Tensor weight, int stride, bool isCausal, Tensor? streamBuffer = null)
    {
        int kt = (int)weight.shape[2], ks = (int)weight.shape[3];
        var rows = SamePadding.Of((int)x.shape[3], ks, stride);
        var cols = SamePadding.Of((int)x.shape[4], ks, stride);
        long front = isCausal ? kt - 1 : (kt - 1) / 2, back = isCausal ? 0 : (kt - 1) / 2;
        if (streamBuffer is not null) { x = cat([streamBuffer, x], 2); front = 0; }
        var p = nn.functional.pad(x, [cols.Before, cols.After, rows.Before, rows.After, front, back]);
        return ChannelsLast.From(nn.functional.conv3d(p, weight, strides: [1, stride, stride], groups: x.shape[1]));
    }
}
