using System.Buffers.Binary;

namespace MoViNetNAS.Store.Rows;

/// <summary>Primary key of a trial: run number, phase, step, candidate, big-endian, so that byte order is the order trials are read in.</summary>
/// <remarks>Keys are bytes because LiteDB compares strings with a collation that ignores case. One key range holds one run,
/// so the primary key is also the index on the run.</remarks>
internal static class TrialKey
{
    public const int Length = 13;

    public static byte[] Of(int run, byte phase, int step, int candidate)
    {
        var key = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(key, run);
        key[4] = phase;
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(5), Ordered(step));
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(9), Ordered(candidate));
        return key;
    }

    public static byte Phase(byte[] key) => key[4];

    public static int Step(byte[] key) => FromOrdered(BinaryPrimitives.ReadUInt32BigEndian(key.AsSpan(5)));

    public static int Candidate(byte[] key) => FromOrdered(BinaryPrimitives.ReadUInt32BigEndian(key.AsSpan(9)));

    public static byte[] First(int run) => Of(run, byte.MinValue, int.MinValue, int.MinValue);

    public static byte[] Last(int run) => Of(run, byte.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>The smallest key above <paramref name="key"/>.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    // Flipping the sign bit makes the unsigned order that of the signed numbers.
    private static uint Ordered(int value) => unchecked((uint)value) ^ 0x8000_0000u;

    private static int FromOrdered(uint value) => unchecked((int)(value ^ 0x8000_0000u));
}
