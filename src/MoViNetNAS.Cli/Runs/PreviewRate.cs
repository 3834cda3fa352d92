namespace MoViNetNAS.Cli.Runs;

/// <summary>The learning rate of an update, the first of which is 1.</summary>
internal sealed record PreviewRate(long Update, double LearningRate);
