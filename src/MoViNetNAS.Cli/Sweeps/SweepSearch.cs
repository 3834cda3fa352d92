using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>One search of a sweep.</summary>
/// <param name="Run">Name of its run: a function of what it does, so that it is found again and never mistaken for another.</param>
/// <param name="Experiment">The experiment, its space and target set.</param>
/// <param name="Target">The target as the file says it.</param>
/// <param name="Costs">Costs of uniformly drawn architectures of its space, rising, in the unit of the objective.</param>
/// <param name="MeanMacs">Their mean multiply-adds of a clip.</param>
internal sealed record SweepSearch(string Run, Experiment Experiment, SweepTarget Target, IReadOnlyList<double> Costs, double MeanMacs)
{
    /// <summary>The space.</summary>
    public SearchSpace Space => Experiment.RequireSpace();

    /// <summary>Multiply-adds of all steps on average architectures: a pass back costs about two passes on; scoring is a pass on. Without the scoring at the end.</summary>
    public double StepMacs => MeanMacs * Experiment.Search.Steps * Experiment.Search.Candidates * (3.0 * Experiment.Supernet.Batch + Experiment.Supernet.ScoreBatch);
}
