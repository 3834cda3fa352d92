using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>The spaces that one set of coefficients makes of a base.</summary>
/// <param name="Coefficients">Growth of one step.</param>
/// <param name="Spaces">By rising step, the base at step 0 among them.</param>
public sealed record ScaledFamily(ScalingCoefficients Coefficients, ImmutableArray<ScaledSpace> Spaces)
{
    /// <summary>Mean cost of each space over that of the one before; 2 is meant. One fewer than there are spaces.</summary>
    public ImmutableArray<double> Ratios => [.. Spaces.Zip(Spaces.Skip(1), (small, large) => large.MeanMacsPerFrame / small.MeanMacsPerFrame)];

    /// <summary>The largest relative distance of a ratio from 2.</summary>
    public double Deviation => Ratios.Select(ratio => Math.Abs(ratio / 2 - 1)).DefaultIfEmpty(0).Max();
}
