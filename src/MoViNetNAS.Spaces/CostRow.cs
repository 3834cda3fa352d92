namespace MoViNetNAS.Spaces;

/// <summary>The cost of one operation of a network.</summary>
/// <param name="Layer">"stem", "block0_layer1", "head" or "classifier".</param>
/// <param name="Part">"stem", "expand", "depthwise", "se", "project", "skip", "scalar", "head" or "classifier".</param>
/// <param name="Macs">Multiply-adds of one clip.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="NormStatistics">Running means and variances of its batch norm.</param>
/// <param name="NormalizedElements">Elements its batch norm writes for one clip.</param>
/// <param name="PooledElements">Elements its average pool writes for one clip.</param>
public sealed record CostRow(
    string Layer, string Part, long Macs, long Parameters, long NormStatistics, long NormalizedElements, long PooledElements);
