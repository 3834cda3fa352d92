namespace MoViNetNAS.Reporting;

/// <summary>An architecture that was scored twice.</summary>
/// <param name="Name">Genotype or name.</param>
/// <param name="Score">What ranks it, such as top-1 with shared weights; in [0, 1].</param>
/// <param name="Truth">What it is ranked for, such as top-1 after training alone; in [0, 1].</param>
/// <param name="Cost">Its cost, above 0.</param>
public sealed record RankPoint(string Name, double Score, double Truth, double Cost);
