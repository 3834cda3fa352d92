using System.Globalization;

namespace MoViNetNAS.Spaces;

/// <summary>Makes a larger or smaller search space of a base space.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511), section 3.1: one exponent scales resolution, frame stride, width and depth of the
/// whole space, not of one network.</remarks>
public static class SpaceScaler
{
    /// <summary>Resolutions are multiples of it, so that the first three halvings are exact.</summary>
    public const int ResolutionDivisor = 8;

    /// <summary>The base space <paramref name="step"/> steps up (above 0) or down (below 0); at 0 the base itself.</summary>
    /// <param name="space">The base; its kernels, expansions, strides, fewest layers and dense width stay.</param>
    /// <param name="coefficients">Growth of one step.</param>
    /// <param name="step">The exponent.</param>
    /// <exception cref="ArgumentException">The base chooses its input.</exception>
    /// <remarks>Widths are rounded to multiples of 8 as options are, resolution to multiples of <see cref="ResolutionDivisor"/>, layers
    /// and frame stride to whole numbers; the clip keeps its span of source frames.</remarks>
    public static SpaceDefinition Scale(SpaceDefinition space, ScalingCoefficients coefficients, int step)
    {
        if (space.InputChoices is not null)
            throw new ArgumentException($"space '{space.Name}' chooses its input; one that is scaled has one input.", nameof(space));
        if (step == 0) return space;
        int Width(int nominal) => ChannelRounding.Scale(nominal, Math.Pow(coefficients.Width, step));
        int Depth(BlockDefinition block) => Math.Max(block.MinimumDepth, Rounded(block.MaximumDepth * Math.Pow(coefficients.Depth, step)));
        return space with
        {
            Name = NameOf(space.Name, step),
            Input = Input(space.Input, coefficients, step),
            StemWidth = Width(space.StemWidth),
            Blocks = [.. space.Blocks.Select(block => block with { Width = Width(block.Width), MaximumDepth = Depth(block) })],
            HeadWidth = Width(space.HeadWidth),
        };
    }

    /// <summary>"a2" one step up is "a3"; a name without a number, or with too small a one, gets the step behind it: "tiny+1".</summary>
    public static string NameOf(string name, int step)
    {
        string letters = name.TrimEnd([.. "0123456789"]);
        return step == 0 ? name
            : int.TryParse(name[letters.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number + step >= 0 ? $"{letters}{number + step}"
            : FormattableString.Invariant($"{name}{step:+0;-0}");
    }

    private static InputShape Input(InputShape input, ScalingCoefficients coefficients, int step)
    {
        double span = (double)input.Frames * input.FrameStride; // source frames
        int stride = Math.Max(1, Rounded(input.FrameStride / Math.Pow(coefficients.FrameRate, step)));
        int resolution = ResolutionDivisor * Math.Max(1, Rounded(input.Resolution * Math.Pow(coefficients.Resolution, step) / ResolutionDivisor));
        return new InputShape(Math.Max(1, Rounded(span / stride)), resolution, stride);
    }

    private static int Rounded(double value) => (int)Math.Floor(value + 0.5);
}
