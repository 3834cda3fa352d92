using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Clips stored channels last, seen as rows of channels or as pictures, without copying.</summary>
internal static class ClipViews
{
    /// <summary>[B, C, T, H, W] as rows of channels [B*T*H*W, C]; a view when x is stored channels last.</summary>
    public static Tensor Rows(Tensor x) => x.permute(0, 2, 3, 4, 1).reshape(-1, x.shape[1]);

    /// <summary>Rows of channels [B*T*H*W, K] as [B, K, T, H, W], the positions being those of <paramref name="like"/>; a view.</summary>
    public static Tensor FromRows(Tensor rows, Tensor like)
    {
        long[] shape = like.shape;
        return rows.view(shape[0], shape[2], shape[3], shape[4], rows.shape[1]).permute(0, 4, 1, 2, 3);
    }

    /// <summary>[B, C, T, H, W] as a batch of pictures [B*T, C, H, W]; a view when x is stored channels last.</summary>
    public static Tensor Frames(Tensor x)
    {
        long[] shape = x.shape;
        return x.permute(0, 2, 1, 3, 4).reshape(shape[0] * shape[2], shape[1], shape[3], shape[4]);
    }

    /// <summary>A batch of pictures [B*T, C, H, W] as [B, C, T, H, W]; a view.</summary>
    public static Tensor FromFrames(Tensor frames, long batch)
    {
        long[] shape = frames.shape;
        return frames.view(batch, shape[0] / batch, shape[1], shape[2], shape[3]).permute(0, 2, 1, 3, 4);
    }
}
