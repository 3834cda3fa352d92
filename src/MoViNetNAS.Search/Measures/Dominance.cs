using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Which of two points of minimised objectives is better, when one is.</summary>
/// <remarks>Source: Deb et al. 2002 (NSGA-II); epsilon-dominance: Laumanns et al. 2002, additive form.</remarks>
public static class Dominance
{
    /// <summary>Whether <paramref name="a"/> is nowhere above <paramref name="b"/>: it dominates it or equals it.</summary>
    /// <exception cref="ArgumentException">The numbers of objectives differ.</exception>
    public static bool IsWeak(ImmutableArray<double> a, ImmutableArray<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} objectives against {b.Length}.", nameof(b));
        for (int k = 0; k < a.Length; k++)
        {
            if (!(a[k] <= b[k])) return false;
        }

        return true;
    }

    /// <summary>Whether <paramref name="a"/> is nowhere above <paramref name="b"/> and somewhere below it: equal points do not dominate each other.</summary>
    /// <exception cref="ArgumentException">The numbers of objectives differ.</exception>
    public static bool Is(ImmutableArray<double> a, ImmutableArray<double> b) => IsWeak(a, b) && !IsWeak(b, a);

    /// <summary>Whether <paramref name="a"/>, made better by <paramref name="epsilon"/> in each objective, is nowhere above <paramref name="b"/>.</summary>
    /// <param name="a">A point.</param>
    /// <param name="b">Another.</param>
    /// <param name="epsilon">In the unit of each objective, 0 or more.</param>
    /// <exception cref="ArgumentException">The numbers of objectives differ, or an epsilon is below 0 or no number.</exception>
    public static bool IsEpsilon(ImmutableArray<double> a, ImmutableArray<double> b, ImmutableArray<double> epsilon)
    {
        if (epsilon.Length != a.Length) throw new ArgumentException($"{epsilon.Length} epsilons for {a.Length} objectives.", nameof(epsilon));
        if (epsilon.Any(e => !(e >= 0))) throw new ArgumentException("an epsilon is 0 or more.", nameof(epsilon));
        return IsWeak([.. a.Zip(epsilon, (value, e) => value - e)], b);
    }
}
