namespace MoViNetNAS.Cli.Bench;

/// <summary>Time of a network here and, exported, in OnnxRuntime.</summary>
/// <param name="Model">Released network.</param>
/// <param name="Kind">"stream", or "clip".</param>
/// <param name="Resolution">Rows and columns of a frame.</param>
/// <param name="Frames">Frames of a step or clip.</param>
/// <param name="Threads">Threads of both sides.</param>
/// <param name="Ours">Our own kernels: a compiled stream, or the module on a clip.</param>
/// <param name="OnnxRuntime">The exported file.</param>
/// <param name="FileBytes">Its size.</param>
/// <param name="LargestDifference">Of two logits over random frames, as a share of the largest.</param>
internal sealed record OnnxRow(
    string Model, string Kind, int Resolution, int Frames, int Threads, Spread Ours, Spread OnnxRuntime, long FileBytes,
    double LargestDifference)
{
    /// <summary>OnnxRuntime's time over ours.</summary>
    public double Ratio => OnnxRuntime.Over(Ours);
}
