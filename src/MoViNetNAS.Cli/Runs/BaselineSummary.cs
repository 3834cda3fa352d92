namespace MoViNetNAS.Cli.Runs;

/// <summary>Uniformly drawn architectures on target, scored like the picks.</summary>
internal sealed record BaselineSummary(int Architectures, double MeanQuality, double StandardDeviation, double BestQuality);
