namespace MoViNetNAS.Data;

/// <summary>Frames of a video of a given length that make a clip.</summary>
internal static class FrameChoice
{
    /// <summary>Frames <paramref name="stride"/> apart from <paramref name="start"/> on, going round at the end.</summary>
    public static int[] Dense(int length, int frames, int start, int stride) =>
        [.. Enumerable.Range(0, frames).Select(t => (int)((start + (long)t * stride) % length))];

    /// <summary>The first frame of dense window <paramref name="window"/>: spread evenly over [0, length - frames * stride], a single
    /// one in the middle. Source: the official MoViNet input pipeline.</summary>
    public static int WindowStart(int length, int frames, int stride, int window, int windows)
    {
        long room = Math.Max(0, length - (long)frames * stride);
        return (int)(windows == 1 ? room / 2 : room * window / (windows - 1));
    }

    /// <summary>One frame of each of <paramref name="frames"/> equal parts of the video; <paramref name="place"/> says where in the part,
    /// in [0, 1). Frames repeat where there are fewer than parts.</summary>
    public static int[] Segments(int length, int frames, Func<double> place) =>
        [.. Enumerable.Range(0, frames).Select(t => Math.Min(length - 1, (int)((t + place()) * length / frames)))];
}
