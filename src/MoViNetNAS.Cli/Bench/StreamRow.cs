using System.Text.Json.Serialization;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Time per frame of a stream.</summary>
/// <param name="Model">Released network.</param>
/// <param name="Resolution">Rows and columns of a frame.</param>
/// <param name="FramesPerStep">Frames that a step takes at once.</param>
/// <param name="Threads">Threads of all sides.</param>
/// <param name="Compiled">A frame on the compiled network; null where there is none.</param>
/// <param name="Ours">A frame on our kernels.</param>
/// <param name="Libtorch">A frame on libtorch's operators.</param>
/// <param name="MacsPerFrame">Multiply-adds of a frame, a step's head and classifier shared by its frames.</param>
/// <param name="MatrixGmacsPerSecond">Speed of a large matrix product with as many threads, measured in turn with the sides, in 10^9 multiply-adds a second.</param>
internal sealed record StreamRow(
    string Model, int Resolution, int FramesPerStep, int Threads, Spread? Compiled, Spread Ours, Spread Libtorch,
    long MacsPerFrame, double MatrixGmacsPerSecond)
{
    /// <summary>libtorch's time over that of our faster side.</summary>
    public double Ratio => Libtorch.Over(Fastest);

    /// <summary>Our faster side.</summary>
    [JsonIgnore]
    public Spread Fastest => Compiled is { } compiled && compiled.MedianMs < Ours.MedianMs ? compiled : Ours;

    /// <summary>Milliseconds that the multiply-adds of a frame would take at the speed of the matrix product.</summary>
    public double LimitMs => MacsPerFrame / (MatrixGmacsPerSecond * 1e6);

    /// <summary>Our fastest time over <see cref="LimitMs"/>.</summary>
    public double TimesLimit => Fastest.MedianMs / LimitMs;
}
