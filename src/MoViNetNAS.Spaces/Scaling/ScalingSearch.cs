namespace MoViNetNAS.Spaces;

/// <summary>Finds coefficients under which the expected cost of a frame doubles with every step: a random search.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511), section 3.1. The paper does not say how it chose among vectors that double the cost
/// equally well; here the one wins that spreads the doubling most evenly over its directions
/// (<see cref="ScalingCoefficients.Unevenness"/>). The frame rate does not change the cost of a frame: evenness alone decides it.</remarks>
public static class ScalingSearch
{
    /// <summary>Deviation of a ratio from 2 below which vectors count as equally good: less than the 10 % that the spaces are held
    /// to, so that means of some thousand samples stay within them too.</summary>
    public const double GoodEnough = 0.075;

    private const double Finest = 1000; // coefficients have three decimals, so that what is printed is what was used

    /// <summary>Searches.</summary>
    /// <param name="space">The base.</param>
    /// <param name="settings">How far it is scaled, and how many vectors are drawn.</param>
    /// <param name="random">Draws them: depth and frame rate in [1, 1.6), width and resolution in [1, 1.3).</param>
    /// <param name="onDraw">Hears how many are done.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static ScaledFamily Run(SpaceDefinition space, ScalingSettings settings, RandomStream random, Action<int>? onDraw = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.FirstStep, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.LastStep, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Draws, 1);
        var middle = Base(space, settings);
        ScaledFamily? best = null;
        for (int i = 0; i < settings.Draws; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var coefficients = Draw(random.Derive("coefficients", i));
            double allowed = best is null ? double.PositiveInfinity : Math.Max(best.Deviation, GoodEnough);
            if (Family(middle, coefficients, settings, allowed) is { } family && (best is null || IsBetter(family, best))) best = family;
            onDraw?.Invoke(i + 1);
        }

        return best!; // the first vector is allowed any deviation
    }

    /// <summary>The spaces of given coefficients; nothing is drawn.</summary>
    public static ScaledFamily Of(SpaceDefinition space, ScalingCoefficients coefficients, ScalingSettings settings) =>
        Family(Base(space, settings), coefficients, settings, double.PositiveInfinity)!;

    private static ScaledSpace Base(SpaceDefinition space, ScalingSettings settings)
    {
        var whole = new SearchSpace(space);
        return new ScaledSpace(0, whole, ExpectedCost.MacsPerFrame(whole, settings.Variant, settings.Classes));
    }

    private static ScalingCoefficients Draw(RandomStream random)
    {
        double Below(string name, double most) => Math.Round(random.Derive(name).Uniform(1, most) * Finest) / Finest;
        return new ScalingCoefficients(Below("depth", 1.6), Below("width", 1.3), Below("resolution", 1.3), Below("frame rate", 1.6));
    }

    private static bool IsBetter(ScaledFamily family, ScaledFamily than)
    {
        double deviation = Math.Max(family.Deviation, GoodEnough), other = Math.Max(than.Deviation, GoodEnough);
        return deviation != other ? deviation < other : family.Coefficients.Unevenness < than.Coefficients.Unevenness;
    }

    // Null as soon as one ratio is further from 2 than allowed: most vectors fail at their first step, and the rest need not be counted.
    private static ScaledFamily? Family(ScaledSpace middle, ScalingCoefficients coefficients, ScalingSettings settings, double allowed)
    {
        var spaces = new SortedDictionary<int, ScaledSpace> { [0] = middle };
        foreach (int step in Enumerable.Range(1, settings.LastStep).Concat(Enumerable.Range(1, -settings.FirstStep).Select(down => -down)))
        {
            var space = new SearchSpace(SpaceScaler.Scale(middle.Space.Definition, coefficients, step));
            double mean = ExpectedCost.MacsPerFrame(space, settings.Variant, settings.Classes), before = spaces[step - Math.Sign(step)].MeanMacsPerFrame;
            if (Math.Abs((step > 0 ? mean / before : before / mean) / 2 - 1) > allowed) return null;
            spaces[step] = new ScaledSpace(step, space, mean);
        }

        return new ScaledFamily(coefficients, [.. spaces.Values]);
    }
}
