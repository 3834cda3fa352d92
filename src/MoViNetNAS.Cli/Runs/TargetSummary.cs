using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What an evolution found for one of a run's targets; fewer evaluations than planned where it ended early.</summary>
internal sealed record TargetSummary(double Target, SummaryPick? Best, int Evaluations, BaselineSummary? RandomFeasible, ChanceComparison? Chance);
