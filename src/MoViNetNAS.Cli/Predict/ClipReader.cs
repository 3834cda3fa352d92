using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Predict;

/// <summary>Reads the clip that a network is asked about: a NumPy file as it is, or a video as evaluation takes it.</summary>
internal static class ClipReader
{
    private const long MostBytes = 2_000_000_000;

    /// <summary>Whether <paramref name="path"/> is a NumPy file.</summary>
    public static bool IsNpy(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>A NumPy clip [T, S, S, 3].</summary>
    /// <exception cref="InputException">It is no clip, not square, or too small for <paramref name="design"/>.</exception>
    public static NpyClip OfNpy(string path, NetworkDesign design)
    {
        var clip = NpyFile.Read(path);
        if (clip.Height != clip.Width)
            throw new InputException($"{path}: frames are {clip.Height}x{clip.Width}; networks take square ones: crop or scale them first.");
        if (clip.Height < design.MinimumResolution)
            throw new InputException($"{path}: frames of {clip.Height}x{clip.Width} are too small for the strides of {design.Name}, which needs at least {design.MinimumResolution}x{design.MinimumResolution}.");
        return clip;
    }

    /// <summary>The frames of a video: the middle T at the network's stride, repeated from the start where it is too short; or all at that stride.</summary>
    /// <remarks>The shorter side is scaled and the middle square cut out. Source: official MoViNet input pipeline, evaluation.</remarks>
    /// <exception cref="InputException">It is no video, or too long to be held.</exception>
    public static NpyClip OfVideo(
        string path, InputShape input, VideoFit fit, double cropMargin, bool isWhole, Action<string> warn, CancellationToken cancellation)
    {
        int frameBytes = input.Resolution * input.Resolution * InputShape.Channels;
        var frames = new List<byte[]>();
        foreach (byte[] frame in VideoFrames.Read(path, input.Resolution, fit, cropMargin, isWhole ? input.FrameStride : 1, warn, cancellation: cancellation))
        {
            frames.Add(frame);
            if ((long)frames.Count * frameBytes > MostBytes)
                throw new InputException($"{path}: more than {frames.Count} frames of {input.Resolution}x{input.Resolution}, too long to be held at once; `movinet stream` takes videos of any length.");
        }

        int[] taken = isWhole ? [.. Enumerable.Range(0, frames.Count)] : Centred(frames.Count, input);
        var pixels = new byte[checked(taken.Length * frameBytes)];
        for (int t = 0; t < taken.Length; t++) frames[taken[t]].CopyTo(pixels, t * frameBytes);
        return new NpyClip(taken.Length, input.Resolution, input.Resolution, pixels);
    }

    private static int[] Centred(int length, InputShape input)
    {
        int first = Math.Max(0, (length - input.Frames * input.FrameStride) / 2);
        return [.. Enumerable.Range(0, input.Frames).Select(t => (first + t * input.FrameStride) % length)];
    }
}
