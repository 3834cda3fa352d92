namespace MoViNetNAS.Spaces;

/// <summary>A value of a network against what a space offers for it.</summary>
/// <param name="Path">The decision, "block2/layer1/kernel"; "input/resolution" and "dense/width" for what most spaces fix.</param>
/// <param name="Kind">"input", "width", "depth", "kernel", "expansion" or "squeeze-excite".</param>
/// <param name="Value">The network's.</param>
/// <param name="Options">The space's, as text.</param>
/// <param name="Fit">How they go together.</param>
/// <param name="Why">What is wrong, in words; empty for an option.</param>
public sealed record FitRow(string Path, string Kind, string Value, string Options, FitType Fit, string Why);
