namespace MoViNetNAS.Cli.Bench;

/// <summary>Memory that a clip takes at its height.</summary>
/// <param name="Side">How the network was run.</param>
/// <param name="Frames">Frames of the clip.</param>
/// <param name="Bytes">Growth of resident memory, weights not counted.</param>
internal sealed record MemoryRow(string Side, int Frames, long Bytes);
