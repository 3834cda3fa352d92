namespace MoViNetNAS.Search;

/// <summary>How likely a decision is replaced while the weights warm up: p(s) = 1 - clip(s / S_warm, 0, 1).</summary>
/// <remarks>Source: google-research/tunas 0c1bbe5, op and filter warm-up (linear decay over the first quarter of the search).</remarks>
/// <param name="Steps">S_warm; 0 means no warm-up.</param>
public sealed record WarmUp(int Steps)
{
    /// <summary>The probability at <paramref name="step"/>, from 0.</summary>
    public double Probability(int step) => Steps == 0 ? 0 : 1 - Math.Clamp((double)step / Steps, 0, 1);
}
