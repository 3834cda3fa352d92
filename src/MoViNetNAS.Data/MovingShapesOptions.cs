using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>What <see cref="MovingShapes"/> generates.</summary>
public sealed record MovingShapesOptions
{
    private const int FewestFramesToJump = 3; // any two places are in order, one way or the other

    /// <summary>Frames of a clip, 1-4096.</summary>
    public int Frames { get; init; } = 8;

    /// <summary>Rows and columns of a frame, 8-2048.</summary>
    public int Resolution { get; init; } = 32;

    /// <summary>Every how many frames of the motion one is delivered; above 2, rotations become ambiguous.</summary>
    public int FrameStride { get; init; } = 1;

    /// <summary>Clips that train weights, at least 8.</summary>
    public int WeightsClips { get; init; } = 3000;

    /// <summary>Clips that score architectures, at least 8.</summary>
    public int ScoreClips { get; init; } = 512;

    /// <summary>Clips of the final test, at least 8.</summary>
    public int TestClips { get; init; } = 800;

    /// <summary>Shapes of a clip, each with its own look, place and speed, all of the clip's motion; 1-16. More make the motion
    /// easier to see.</summary>
    public int Shapes { get; init; } = 3;

    /// <summary>Multiplies the speed of every motion; 0.05-1.25. At 1 a shape travels 5-10 % of the frame, turns 20-35
    /// degrees or grows by 10-18.5 % a frame.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>What the three coordinates do that are not the class's. Jumping ones leave nothing but the order of the frames to tell the classes
    /// by; clips then need 3 frames, because every order of 2 is straight.</summary>
    public OtherCoordinates Others { get; init; }

    /// <summary>Noise drawn anew for every pixel of every frame, in grey levels either way; 0-64.</summary>
    public double Noise { get; init; } = 6;

    /// <summary>Decides every pixel.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The control experiment: the frames of every clip in a random order of its own. Directions can then not be
    /// told at all (left and right give the same distribution of clips), only which coordinate moves: no classifier can
    /// exceed 50 % on average, or 12.5 % where the others jump.</summary>
    public bool IsTimeShuffled { get; init; }

    /// <summary>Generated clips are kept in memory up to this many bytes, the rest drawn again at each use.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    internal InputShape Input => new(Frames, Resolution, FrameStride);

    internal void Check()
    {
        List<string> faults = [.. ClipSize.Faults(Input)];
        int fewest = Enum.GetValues<ShapeMotion>().Length; // one of each class
        if (WeightsClips < fewest) faults.Add($"weights clips must be at least {fewest}, got {WeightsClips}");
        if (ScoreClips < fewest) faults.Add($"score clips must be at least {fewest}, got {ScoreClips}");
        if (TestClips < fewest) faults.Add($"test clips must be at least {fewest}, got {TestClips}");
        if (Shapes is < 1 or > 16) faults.Add($"shapes must be 1-16, got {Shapes}");
        if (!(Speed is >= 0.05 and <= 1.25)) faults.Add($"speed must be 0.05-1.25, got {Speed}");
        if (!(Noise is >= 0 and <= 64)) faults.Add($"noise must be 0-64 grey levels, got {Noise}");
        if (Others == OtherCoordinates.Jumping && Frames is > 0 and < FewestFramesToJump)
            faults.Add($"jumping coordinates need at least {FewestFramesToJump} frames, got {Frames}");
        if (MemoryBytes < 0) faults.Add($"memory bytes must be at least 0, got {MemoryBytes}");
        if (faults.Count > 0) throw new InputException($"moving shapes: {string.Join("; ", faults)}.");
    }
}
