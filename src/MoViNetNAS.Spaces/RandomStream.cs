using System.Numerics;
using System.Text;

namespace MoViNetNAS.Spaces;

/// <summary>A stream of random numbers whose sequence never changes between versions; children are derived by name.</summary>
/// <remarks>The generator is xoshiro256** seeded by splitmix64 (Blackman and Vigna 2018). A child depends only on its
/// parent's key and its own name and indices, not on what was drawn before: adding a draw in one place moves no other, and
/// a draw named by (purpose, step, k) needs no state to be resumed.</remarks>
public sealed class RandomStream
{
    private readonly ulong _key;
    private ulong _s0, _s1, _s2, _s3;
    private double? _spareNormal;

    /// <summary>The root stream of a run.</summary>
    public RandomStream(ulong seed)
    {
        _key = seed;
        ulong state = seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>The child stream called <paramref name="name"/>, told apart from its siblings by <paramref name="indices"/> (epoch, step, item...).</summary>
    public RandomStream Derive(string name, params ReadOnlySpan<long> indices)
    {
        ulong hash = 14695981039346656037UL; // FNV-1a, 64 bits
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 1099511628211UL;
        ulong state = _key ^ hash;
        ulong key = SplitMix(ref state);
        foreach (long index in indices)
        {
            state = key ^ (ulong)index;
            key = SplitMix(ref state);
        }

        return new RandomStream(key);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A whole number in [0, <paramref name="limit"/>), every one equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ulong bound = (ulong)limit;
        ulong rest = (0UL - bound) % bound; // values below it would make small numbers likelier
        while (true)
        {
            ulong high = Math.BigMul(NextBits(), bound, out ulong low);
            if (low >= rest) return (int)high;
        }
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A draw of the standard normal distribution (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (_spareNormal is { } spare)
        {
            _spareNormal = null;
            return spare;
        }

        double u, v, s;
        do
        {
            u = Uniform(-1, 1);
            v = Uniform(-1, 1);
            s = u * u + v * v;
        }
        while (s >= 1 || s == 0);
        double scale = Math.Sqrt(-2 * Math.Log(s) / s);
        _spareNormal = v * scale;
        return u * scale;
    }

    /// <summary>True with <paramref name="probability"/>.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>The numbers 0 ... <paramref name="count"/> - 1 in random order (Fisher-Yates).</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
