using System.Globalization;
using System.Text.RegularExpressions;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Scaling;

/// <summary>Steps of scaling from the smallest to the largest space, "-2..4".</summary>
/// <param name="First">At most 0.</param>
/// <param name="Last">At least 0.</param>
internal sealed partial record StepRange(int First, int Last)
{
    private const int Most = 12; // a factor of 4096

    /// <summary>Reads "-2..4".</summary>
    /// <exception cref="InputException">Not two whole numbers from -12 to 12, or 0 is not between them.</exception>
    public static StepRange Parse(string text)
    {
        if (Form().Match(text) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out int last)
            && first is >= -Most and <= 0 && last is >= 0 and <= Most)
        {
            return new StepRange(first, last);
        }

        throw new InputException($"--steps must be FIRST..LAST, for example -2..4: whole numbers, FIRST from -{Most} to 0 and LAST from 0 to {Most}, not '{text}'.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{First}..{Last}";

    [GeneratedRegex(@"^(-?\d{1,4})\.\.(-?\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
