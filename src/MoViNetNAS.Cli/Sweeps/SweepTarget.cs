using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>A target of a sweep: a cost, or the share of a space's architectures that cost less.</summary>
/// <param name="Cost">The cost, in the unit of the objective; null where there is a share.</param>
/// <param name="Share">In (0, 1); null where there is a cost.</param>
internal sealed record SweepTarget(double? Cost, double? Share)
{
    /// <summary>Architectures drawn of a space to find the cost at a share.</summary>
    public const int Draws = 2000;

    /// <summary>As it is told to people: "25 %" or "300 M".</summary>
    public string Label => Share is { } share ? FormattableString.Invariant($"{100 * share:0.##} %") : Reporting.ObjectiveText.Short(Cost!.Value);

    /// <summary>As a part of a run's name: "p25" or "300000000".</summary>
    public string Key => Share is { } share ? FormattableString.Invariant($"p{100 * share:0.##}") : Cost!.Value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Reads a number, or a text such as "25%".</summary>
    public static SweepTarget Read(ConfigNode node)
    {
        if (!node.IsText) return new SweepTarget(node.Number(1e-6, 1e18), null);
        string text = node.Text();
        if (text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and < 100)
            return new SweepTarget(null, percent / 100);
        node.Fail($"must be a cost, or a share such as \"25%\" between 0 and 100: the cost that so many of the space's architectures stay below; not '{text}'");
        return new SweepTarget(1, null);
    }

    /// <summary>The target as a number.</summary>
    /// <param name="costs">Costs of uniformly drawn architectures, rising.</param>
    public double Of(IReadOnlyList<double> costs) => Cost ?? Math.Round(costs[Math.Min(costs.Count - 1, (int)(Share!.Value * costs.Count))], 6);
}
