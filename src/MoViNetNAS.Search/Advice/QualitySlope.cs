using System.Text.Json.Serialization;

namespace MoViNetNAS.Search;

/// <summary>How quality rises with cost around the target: Q(x) = QualityAtTarget + Slope ln x, x = T / T0, fitted by least squares.</summary>
/// <remarks>In ln x because accuracy grows by about the same for every doubling of the cost; at the target dQ/dx is <paramref name="Slope"/>
/// itself. Weights get better and costs get lower while warm-up fades, and that must not pass for an effect of cost: so architectures are
/// compared with those of the same step alone (a constant of its own for each step), or, where a step has one, beside a trend over the steps.</remarks>
/// <param name="Slope">dQ/dx at x = 1: rise of quality per unit of cost over target.</param>
/// <param name="StandardError">Of the slope; robust against variances that differ between architectures (White's, with the n / (n - p) correction).</param>
/// <param name="QualityAtTarget">Mean quality, moved along the slope to x = 1.</param>
/// <param name="Samples">Architectures it was fitted to.</param>
public sealed record QualitySlope(double Slope, double StandardError, double QualityAtTarget, int Samples)
{
    /// <summary>Fewest architectures that are worth a slope.</summary>
    public const int LeastSamples = 20;

    // "Around the target": from half to twice its cost, where enough of the architectures lie there.
    private const double Around = 2;

    /// <summary>Gain of quality by doubling the cost.</summary>
    [JsonIgnore]
    public double PerDoubling => Slope * Math.Log(2);

    /// <summary>Whether the slope is above 0 beyond two standard errors.</summary>
    [JsonIgnore]
    public bool IsClear => Slope > 2 * StandardError;

    /// <summary>Fits the slope of term <paramref name="term"/>; null with fewer than <see cref="LeastSamples"/>, or when costs do not differ.</summary>
    public static QualitySlope? Fit(IReadOnlyList<SlopeSample> samples, int term)
    {
        SlopeSample[] near = [.. samples.Where(sample => sample.Ratios[term] is >= 1 / Around and <= Around)];
        IReadOnlyList<SlopeSample> used = near.Length >= LeastSamples ? near : [.. samples.Where(sample => sample.Ratios[term] > 0)];
        if (used.Count < LeastSamples) return null;
        double[] x = [.. used.Select(sample => Math.Log(sample.Ratios[term]))], q = [.. used.Select(sample => sample.Quality)];
        int groups = used.Select(sample => sample.Step).Distinct().Count();
        bool isOneAStep = groups == used.Count;
        double[] xRest = isOneAStep ? WithoutTrend(x, used) : WithoutStepMeans(x, used), qRest = isOneAStep ? WithoutTrend(q, used) : WithoutStepMeans(q, used);

        double squares = xRest.Sum(value => value * value);
        int freedom = used.Count - (isOneAStep ? 2 : groups) - 1;
        if (squares < 1e-9 || freedom < 1) return null;
        double slope = xRest.Zip(qRest, (a, b) => a * b).Sum() / squares;
        double meat = xRest.Zip(qRest, (a, b) => a * a * (b - slope * a) * (b - slope * a)).Sum();
        double error = Math.Sqrt(meat * used.Count / freedom) / squares;
        return new QualitySlope(slope, error, q.Average() - slope * x.Average(), used.Count);
    }

    private static double[] WithoutStepMeans(double[] values, IReadOnlyList<SlopeSample> samples)
    {
        var means = values.Zip(samples, (value, sample) => (value, sample.Step)).GroupBy(pair => pair.Step)
            .ToDictionary(group => group.Key, group => group.Average(pair => pair.value));
        return [.. values.Select((value, i) => value - means[samples[i].Step])];
    }

    private static double[] WithoutTrend(double[] values, IReadOnlyList<SlopeSample> samples)
    {
        double meanStep = samples.Average(sample => sample.Step), mean = values.Average();
        double[] steps = [.. samples.Select(sample => sample.Step - meanStep)];
        double trend = steps.Zip(values, (step, value) => step * (value - mean)).Sum() / steps.Sum(step => step * step);
        return [.. values.Select((value, i) => value - mean - trend * steps[i])];
    }
}
