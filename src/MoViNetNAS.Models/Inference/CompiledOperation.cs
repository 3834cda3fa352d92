namespace MoViNetNAS.Models;

/// <summary>One operation of a compiled network, named as the cost model names it.</summary>
/// <param name="Layer">"stem", "block0_layer1", "head" or "classifier".</param>
/// <param name="Part">"stem", "expand", "depthwise", "se", "skip", "project", "head" or "classifier".</param>
public sealed record CompiledOperation(string Layer, string Part);
