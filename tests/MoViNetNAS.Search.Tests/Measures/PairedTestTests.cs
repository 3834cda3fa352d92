using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class PairedTestTests
{
    private static readonly Alternative[] Alternatives = [Alternative.TwoSided, Alternative.Greater, Alternative.Less];

    [Fact]
    public void The_t_test_has_the_closed_forms_of_one_and_two_degrees_of_freedom()
    {
        // Student's t with 1 degree of freedom is Cauchy's: P(|T| > t) = 1 - (2/pi) atan t; with 2: 1 - t / sqrt(2 + t^2).
        var two = PairedTTest.Of([3, 5], [2, 2])!; // differences 1, 3: mean 2, standard error 1
        Assert.Equal(2, two.Statistic, 12);
        Assert.Equal(1 - 2 / Math.PI * Math.Atan(2), two.P, 1e-9);
        var three = PairedTTest.Of([1, 2, 3], [0, 0, 0])!;
        double t = 2 * Math.Sqrt(3);
        Assert.Equal(t, three.Statistic, 12);
        Assert.Equal(1 - t / Math.Sqrt(2 + t * t), three.P, 1e-9);
        Assert.Equal(three.P / 2, PairedTTest.Of([1, 2, 3], [0, 0, 0], Alternative.Greater)!.P, 1e-9);
        Assert.Equal(1 - three.P / 2, PairedTTest.Of([1, 2, 3], [0, 0, 0], Alternative.Less)!.P, 1e-9);
        Assert.Null(PairedTTest.Of([1, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => PairedTTest.Of([1], [0]));
    }

    [Property(MaxTest = 100)]
    public void Wilcoxons_p_is_the_share_of_sign_patterns(ulong seed)
    {
        var (x, y) = Pairs(seed, 1 + (int)(seed % 10));
        double[] differences = [.. x.Zip(y, (a, b) => a - b).Where(d => d != 0)];
        if (differences.Length == 0)
        {
            Assert.Null(WilcoxonSignedRank.Of(x, y));
            return;
        }

        // The rank of a size: one more than half of the smaller and equal others.
        double[] ranks = [.. differences.Select(d => differences.Sum(e => Math.Abs(e) < Math.Abs(d) ? 1 : Math.Abs(e) == Math.Abs(d) ? 0.5 : 0) + 0.5)];
        double observed = ranks.Where((_, i) => differences[i] > 0).Sum();
        double[] all = [.. Patterns(ranks.Length).Select(signs => ranks.Where((_, i) => signs[i]).Sum())];
        foreach (var alternative in Alternatives)
        {
            var result = WilcoxonSignedRank.Of(x, y, alternative)!;
            Assert.Equal((observed, true, ranks.Length), (result.Statistic, result.IsExact, result.Count));
            Assert.Equal(Share(all, observed, alternative), result.P, 1e-12);
        }
    }

    [Property(MaxTest = 100)]
    public void Mann_and_whitneys_p_is_the_share_of_divisions(ulong seed)
    {
        int first = 1 + (int)(seed % 4), second = 1 + (int)(seed / 4 % 5);
        var random = new RandomStream(seed);
        double[] values = [.. Enumerable.Range(0, first + second).Select(_ => (double)random.Below(6))];
        double U(IEnumerable<double> a, IEnumerable<double> b) => a.Sum(p => b.Sum(q => p > q ? 1 : p == q ? 0.5 : 0));
        double observed = U(values[..first], values[first..]);
        double[] all = [.. Patterns(values.Length).Where(signs => signs.Count(taken => taken) == first)
            .Select(signs => U(values.Where((_, i) => signs[i]), values.Where((_, i) => !signs[i])))];
        foreach (var alternative in Alternatives)
        {
            var result = MannWhitney.Of(values[..first], values[first..], alternative);
            Assert.Equal((observed, true), (result.Statistic, result.IsExact));
            Assert.Equal(Share(all, observed, alternative), result.P, 1e-12);
        }
    }

    [Property(MaxTest = 100)]
    public void The_sign_flips_p_is_the_share_of_sign_patterns(ulong seed)
    {
        var (x, y) = Pairs(seed, 1 + (int)(seed % 8));
        double[] differences = [.. x.Zip(y, (a, b) => a - b)];
        if (differences.All(d => d == 0))
        {
            Assert.Null(SignFlipTest.Of(x, y, new RandomStream(1)));
            return;
        }

        double[] all = [.. Patterns(differences.Length).Select(signs => differences.Select((d, i) => signs[i] ? d : -d).Sum())];
        double observed = differences.Sum();
        foreach (var alternative in Alternatives)
        {
            double expected = alternative == Alternative.TwoSided
                ? (double)all.Count(sum => Math.Abs(sum) >= Math.Abs(observed)) / all.Length
                : Share(all, observed, alternative);
            var result = SignFlipTest.Of(x, y, new RandomStream(1), alternative)!;
            Assert.Equal(expected, result.P, 1e-12);
            Assert.Equal(observed / differences.Length, result.Statistic, 1e-12);
            Assert.True(result.IsExact);
        }
    }

    [Fact]
    public void Drawn_sign_patterns_come_near_the_counted_ones_and_repeat()
    {
        // 21 differences are one too many to count. Five standard errors of 99 999 draws are 0.008; the draws are fixed by the seed.
        double[] x = [.. Enumerable.Range(0, 21).Select(i => i % 3 == 0 ? -1.0 : 1.5)], y = new double[21];
        var drawn = SignFlipTest.Of(x, y, new RandomStream(7).Derive("flips"), Alternative.Greater)!;
        Assert.False(drawn.IsExact);
        // 7 of size 1 and 14 of size 1.5, sum 14: P by both binomials.
        double expected = 0;
        for (int a = 0; a <= 7; a++)
        {
            for (int b = 0; b <= 14; b++)
            {
                if (2 * a - 7 + 1.5 * (2 * b - 14) >= 14) expected += Choose(7, a) * Choose(14, b) / Math.Pow(2, 21);
            }
        }

        Assert.Equal(expected, drawn.P, 0.008);
        Assert.Equal(drawn, SignFlipTest.Of(x, y, new RandomStream(7).Derive("flips"), Alternative.Greater));
        Assert.NotEqual(drawn.P, SignFlipTest.Of(x, y, new RandomStream(8).Derive("flips"), Alternative.Greater)!.P);
    }

    [Fact]
    public void Beyond_the_limit_the_normal_curve_serves_and_is_near()
    {
        double[] x = [.. Enumerable.Range(1, 40).Select(i => i % 3 == 0 ? -i : (double)i % 17 + 0.5)], zero = new double[40];
        int[] ranks = MidRanks.Doubled([.. x.Select(Math.Abs)]);
        var exact = WilcoxonSignedRank.Of(x, zero)!;
        Assert.Equal(exact.P, WilcoxonSignedRank.Approximate(ranks, exact.Statistic, Alternative.TwoSided), 0.005);
        var long_ = WilcoxonSignedRank.Of([.. x, .. x], new double[80])!;
        Assert.False(long_.IsExact);

        double[] a = [.. Enumerable.Range(0, 25).Select(i => (double)(i * 7 % 31))], b = [.. Enumerable.Range(0, 25).Select(i => (double)(i * 5 % 29) + 4)];
        var u = MannWhitney.Of(a, b, Alternative.Less);
        Assert.True(u.IsExact);
        Assert.Equal(u.P, MannWhitney.Approximate(MidRanks.Doubled([.. a, .. b]), 25, u.Statistic, Alternative.Less), 0.005);
        Assert.False(MannWhitney.Of([.. a, 1], b).IsExact);
        Assert.Equal(1, MannWhitney.Of(new double[30], new double[30]).P); // all equal: no order
    }

    [Fact]
    public void The_mean_difference_has_the_interval_of_its_differences()
    {
        Assert.Equal(SampleSummary.Of([1, 2, 3]), PairedDifference.Summary([2, 4, 6], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => PairedDifference.Summary([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PairedDifference.Summary([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => MannWhitney.Of([], [1]));
    }

    private static (double[] X, double[] Y) Pairs(ulong seed, int count)
    {
        var random = new RandomStream(seed);
        double[] Side() => [.. Enumerable.Range(0, count).Select(_ => (double)random.Below(6))];
        return (Side(), Side());
    }

    private static IEnumerable<bool[]> Patterns(int count) =>
        Enumerable.Range(0, 1 << count).Select(bits => Enumerable.Range(0, count).Select(i => ((bits >> i) & 1) == 1).ToArray());

    private static double Share(double[] all, double observed, Alternative alternative)
    {
        double above = (double)all.Count(value => value >= observed) / all.Length, below = (double)all.Count(value => value <= observed) / all.Length;
        return alternative switch { Alternative.Greater => above, Alternative.Less => below, _ => Math.Min(1, 2 * Math.Min(above, below)) };
    }

    private static double Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;
}
