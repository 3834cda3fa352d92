namespace MoViNetNAS.Search;

/// <summary>SHA-256 of all stored trials, all logits and all weights: a resumed or repeated run ends with the same three as one that was never stopped.</summary>
/// <param name="Trials">Of the trials, in their order, without the run's name.</param>
/// <param name="Logits">Of the controller's logits.</param>
/// <param name="Weights">Of the shared weights, names and bytes.</param>
public sealed record RunFingerprints(string Trials, string Logits, string Weights);
