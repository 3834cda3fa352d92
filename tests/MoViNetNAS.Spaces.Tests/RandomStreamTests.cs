using FsCheck.Xunit;

namespace MoViNetNAS.Spaces.Tests;

/// <summary>The sequence is a promise: stored runs are repeated from it. Source of the numbers: xoshiro256** and splitmix64
/// (Blackman and Vigna 2018) written again in another language.</summary>
public sealed class RandomStreamTests
{
    [Fact]
    public void Bits_of_seed_1_never_change()
    {
        var random = new RandomStream(1);
        Assert.Equal(
            [12966619160104079557UL, 9600361134598540522UL, 10590380919521690900UL, 7218738570589545383UL],
            Draw(4, random.NextBits));
    }

    [Fact]
    public void Children_of_seed_1_never_change()
    {
        Assert.Equal(
            [1250371369969625283UL, 3265510523907255916UL, 11838577463051988829UL],
            Draw(3, new RandomStream(1).Derive("controller").NextBits));
        Assert.Equal(
            [6255885223904489080UL, 10639540958399228424UL, 5350246936536969780UL],
            Draw(3, new RandomStream(1).Derive("data", 3, -1).NextBits));
    }

    [Fact]
    public void Numbers_of_seed_1_never_change()
    {
        var below = new RandomStream(1);
        Assert.Equal([7, 5, 5, 3, 6, 1, 0, 3, 8, 5, 9, 9, 9, 6, 5, 8], Draw(16, () => below.Below(10)));
        Assert.Equal([0.7029218331588505, 0.5204366199388569, 0.5741057000197225], Draw(3, new RandomStream(1).Uniform));
        Assert.Equal([4, 7, 0, 2, 1, 6, 3, 5], new RandomStream(1).Permutation(8));
        double[] normal = [1.884396104787977, 0.18978089448693036, 1.302090250702661, -1.9094343319583578];
        foreach (var (expected, actual) in normal.Zip(Draw(4, new RandomStream(1).Normal)))
            Assert.Equal(expected, actual, 1e-15); // the logarithm may differ in its last bit between systems
    }

    [Fact]
    public void A_child_does_not_depend_on_what_its_parent_drew()
    {
        var parent = new RandomStream(7);
        ulong before = parent.Derive("init").NextBits();
        parent.NextBits();
        Assert.Equal(before, parent.Derive("init").NextBits());
    }

    [Fact]
    public void Names_and_indices_tell_children_apart()
    {
        var root = new RandomStream(7);
        RandomStream[] children =
            [root, root.Derive("a"), root.Derive("b"), root.Derive("a", 0), root.Derive("a", 1), root.Derive("a", 0, 1), root.Derive("a", 1, 0), root.Derive("")];
        Assert.Distinct(children.Select(child => child.NextBits()));
    }

    [Property]
    public bool Below_stays_below(ulong seed, int limit)
    {
        limit = Math.Max(1, Math.Abs(limit % 1_000_000));
        int drawn = new RandomStream(seed).Below(limit);
        return drawn >= 0 && drawn < limit;
    }

    [Property]
    public bool A_permutation_holds_every_number_once(ulong seed, byte count) =>
        new RandomStream(seed).Permutation(count).Order().SequenceEqual(Enumerable.Range(0, count));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Below_nothing_is_refused(int limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1).Below(limit));

    [Fact]
    public void Options_are_equally_likely()
    {
        // Chi-square with 6 degrees of freedom: 22.5 is passed by chance once in a thousand; the seed is fixed.
        const int Draws = 70_000;
        var random = new RandomStream(11).Derive("uniform");
        int[] counts = new int[7];
        for (int i = 0; i < Draws; i++) counts[random.Below(7)]++;
        Assert.InRange(counts.Sum(count => Math.Pow(count - Draws / 7.0, 2) / (Draws / 7.0)), 0, 22.5);
    }

    [Fact]
    public void Normal_draws_have_mean_0_variance_1_and_normal_tails()
    {
        const int Draws = 100_000;
        double[] draws = Draw(Draws, new RandomStream(12).Normal);
        Assert.Equal(0, draws.Average(), 0.015); // five standard errors
        Assert.Equal(1, draws.Average(x => x * x), 0.025);
        Assert.Equal(0.0455, draws.Count(x => Math.Abs(x) > 2) / (double)Draws, 0.004);
    }

    [Fact]
    public void Uniform_draws_fill_the_interval()
    {
        double[] draws = Draw(10_000, new RandomStream(13).Uniform);
        Assert.All(draws, x => Assert.InRange(x, 0, 1 - 1e-16));
        Assert.Equal(0.5, draws.Average(), 0.015);
    }

    private static T[] Draw<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
