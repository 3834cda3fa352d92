namespace MoViNetNAS.Cli.Runs;

/// <summary>SHA-256 of all stored trials, all logits and all weights: a resumed run ends with the same three as one that was never stopped.</summary>
internal sealed record RunFingerprints(string Trials, string Logits, string Weights);
