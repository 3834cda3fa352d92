namespace MoViNetNAS.Spaces;

/// <summary>How much a space grows with each step, along four directions; step -1 divides by the same factors.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511), section 3.1: the space is scaled with one exponent for all four.</remarks>
/// <param name="Depth">Factor on the most layers of a block, above 0.</param>
/// <param name="Width">Factor on nominal widths.</param>
/// <param name="Resolution">Factor on rows and columns.</param>
/// <param name="FrameRate">Factor on frames a second; the seconds of a clip stay.</param>
public sealed record ScalingCoefficients(double Depth, double Width, double Resolution, double FrameRate)
{
    /// <summary>How unevenly the work grows: the largest share of a doubling less the smallest, in natural logarithms; 0 is even.</summary>
    /// <remarks>Operations grow with depth, with the square of width, with the square of resolution, and a second's with the frame rate.</remarks>
    public double Unevenness
    {
        get
        {
            double[] shares = [Math.Log(Depth), 2 * Math.Log(Width), 2 * Math.Log(Resolution), Math.Log(FrameRate)];
            return shares.Max() - shares.Min();
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"depth {Depth:0.###}, width {Width:0.###}, resolution {Resolution:0.###}, frame rate {FrameRate:0.###}");
}
