namespace MoViNetNAS.Cli.Runs;

/// <summary>What `movinet train` prints: top-1 on the clips that trained nothing, those of both held-out splits together; where any number of
/// classes may be right, what <paramref name="MeasureName"/> says instead.</summary>
/// <remarks>BestEpoch is the epoch whose weights these are, where the training watched its score.</remarks>
internal sealed record TrainingSummary(
    string Model, string? Run, string? Genotype, string Variant, long Macs, long MacsPerFrame, long TrainableParameters, double Top1, int Right,
    int Clips, double ScoreTop1, double TestTop1, double Seconds, string Checkpoint, string MeasureName, int? BestEpoch = null);
