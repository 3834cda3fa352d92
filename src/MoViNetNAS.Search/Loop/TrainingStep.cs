namespace MoViNetNAS.Search;

/// <summary>What happened in an update of a search that trains first and chooses then.</summary>
/// <param name="Step">The update, from 0.</param>
/// <param name="Steps">Updates of the whole training.</param>
/// <param name="TrainingLoss">Mean loss over the update's architectures, before it.</param>
/// <param name="MeanCostRatio">Their mean cost over the first target.</param>
public sealed record TrainingStep(int Step, int Steps, double TrainingLoss, double MeanCostRatio);
