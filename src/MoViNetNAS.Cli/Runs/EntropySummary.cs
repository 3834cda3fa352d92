namespace MoViNetNAS.Cli.Runs;

/// <summary>Mean entropy of the decisions in nats, and the final one as a share of the uniform one.</summary>
internal sealed record EntropySummary(double Initial, double Final, double FinalNormalized);
