using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The frames of a clip that one network of an ensemble sees: every <paramref name="Step"/>th, from <paramref name="First"/> on.</summary>
/// <param name="First">The first of them, at least 0.</param>
/// <param name="Step">From one to the next, at least 1.</param>
public sealed record FrameShare(int First, int Step)
{
    /// <summary>Every frame.</summary>
    public static FrameShare All { get; } = new(0, 1);

    /// <summary>The shares of the members of a temporal ensemble: with two of them the frames 0, 2, 4, ... for both, or 1, 3, 5, ... for the second.</summary>
    /// <param name="members">How many members there are; each sees one frame of as many.</param>
    /// <param name="isAlternating">Whether they take turns, so that every frame is seen by one of them, or all see the same frames.</param>
    public static IReadOnlyList<FrameShare> Of(int members, bool isAlternating) =>
        [.. Enumerable.Range(0, members).Select(m => new FrameShare(isAlternating ? m : 0, members))];

    /// <summary>Whether frame <paramref name="frame"/> of a stream, counted from 0, is one of them.</summary>
    public bool Has(long frame) => frame >= First && (frame - First) % Step == 0;

    /// <summary>Those of the frames [B, C, T, H, W] of a stream that it has.</summary>
    /// <param name="frames">The next ones of the stream.</param>
    /// <param name="before">Frames of the stream before them.</param>
    /// <returns>A fresh view, of no frames perhaps; the caller disposes it.</returns>
    public Tensor Of(Tensor frames, long before = 0)
    {
        long count = frames.shape[2], first = before <= First ? First - before : (Step - (before - First) % Step) % Step;
        return first >= count ? frames.narrow(2, 0, 0) : frames.slice(2, first, count, Step);
    }
}
