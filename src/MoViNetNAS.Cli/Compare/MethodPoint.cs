namespace MoViNetNAS.Cli.Compare;

/// <summary>How far a search had come.</summary>
/// <param name="TrainedClips">Clips trained so far.</param>
/// <param name="Test">Test accuracy of what it would have chosen then, in [0, 1]; null before it knew any.</param>
/// <param name="Hypervolume">Of the test accuracies and costs of all it had evaluated, as a share of that of the whole table; 1 is the table's front.</param>
internal sealed record MethodPoint(long TrainedClips, double? Test, double Hypervolume);
