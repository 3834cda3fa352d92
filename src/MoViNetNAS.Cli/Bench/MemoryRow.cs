namespace MoViNetNAS.Cli.Bench;

/// <summary>Memory that a clip takes at its height.</summary>
/// <param name="Frames">Frames of the clip.</param>
/// <param name="CompiledBytes">Frame by frame through the compiled network.</param>
/// <param name="StreamBytes">Frame by frame through the module.</param>
/// <param name="ClipBytes">The whole clip at once, our kernels.</param>
/// <param name="LibtorchClipBytes">The whole clip at once, libtorch's operators.</param>
/// <param name="Ratio"><paramref name="ClipBytes"/> over the larger of the two.</param>
internal sealed record MemoryRow(int Frames, long CompiledBytes, long StreamBytes, long ClipBytes, long LibtorchClipBytes, double Ratio);
