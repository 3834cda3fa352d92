using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The temporal shift module: a share of the channels comes from a neighbouring frame, so that spatial convolutions see time.</summary>
/// <remarks>An eighth of the channels comes from the frame before, which a stream carries: a stream buffer of one frame (MoViNets, arXiv
/// 2103.11511, section 3.2: TSM is the case b = 1). Offline another eighth comes from the frame after. Missing frames are zeros.
/// Source: TSM (Lin et al., ICCV 2019, arXiv 1811.08383), section 3.</remarks>
internal static class TemporalShift
{
    /// <summary>One channel in so many comes from the frame before, and offline one in so many from the frame after.</summary>
    public const int Share = ResidualBlockSpec.ShiftedShare;

    /// <summary>[B, C, T, H, W] to the same shape.</summary>
    /// <param name="x">The input.</param>
    /// <param name="isCausal">Whether frame t sees frames up to t only.</param>
    /// <param name="buffer">The shifted channels of the frame before x, [B, C / 8, 1, H, W]; null at the start of a clip (zeros).</param>
    /// <param name="wantsNext">Whether the caller streams.</param>
    /// <param name="next">When asked for, the buffer after x, detached.</param>
    public static Tensor Apply(Tensor x, bool isCausal, Tensor? buffer, bool wantsNext, out Tensor? next)
    {
        long frames = x.shape[2], shifted = x.shape[1] / Share, still = isCausal ? shifted : 2 * shifted;
        next = wantsNext ? FrameBuffer.Next(x.narrow(1, 0, shifted), buffer, 1) : null;
        using var scope = NewDisposeScope();
        var rows = x.permute(0, 2, 3, 4, 1); // channels innermost, as they are stored on the CPU
        var missing = zeros_like(rows.narrow(1, 0, 1).narrow(4, 0, shifted));
        var first = buffer is null ? missing : buffer.detach().For(x).permute(0, 2, 3, 4, 1);
        var fromBefore = cat([first, rows.narrow(4, 0, shifted).narrow(1, 0, frames - 1)], 1);
        var rest = rows.narrow(4, still, x.shape[1] - still);
        var y = isCausal
            ? cat([fromBefore, rest], 4)
            : cat([fromBefore, cat([rows.narrow(4, shifted, shifted).narrow(1, 1, frames - 1), missing], 1), rest], 4);
        y = y.permute(0, 4, 1, 2, 3);
        return (LibtorchPath.Takes(y) ? y.contiguous() : ChannelsLast.Ensure(y)).MoveToOuterDisposeScope();
    }
}
