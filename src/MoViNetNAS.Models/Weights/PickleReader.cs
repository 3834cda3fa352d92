using System.Buffers.Binary;
using System.Text;

namespace MoViNetNAS.Models;

/// <summary>The bytes of a pickle, taken from the front; what goes beyond their end is a <see cref="PickleException"/>.</summary>
internal sealed class PickleReader(byte[] bytes)
{
    public int Position { get; private set; }

    public int Length => bytes.Length;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Pickles hold floats the other way round than everything else.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A number of <paramref name="length"/> bytes, the last of which has the sign.</summary>
    public long Integer(int length)
    {
        if (length > sizeof(long)) throw new PickleException($"holds a number of {length} bytes; up to 8 are read");
        long value = 0;
        var taken = Take(length);
        for (int i = length - 1; i >= 0; i--) value = i == length - 1 ? (sbyte)taken[i] : (value << 8) | taken[i];
        return value;
    }

    /// <summary>A text of <paramref name="length"/> bytes of UTF-8.</summary>
    public string Text(ulong length)
    {
        var taken = Take(length);
        try
        {
            return Utf8.GetString(taken);
        }
        catch (ArgumentException)
        {
            throw new PickleException($"holds a text at byte {Position} that is not UTF-8");
        }
    }

    /// <summary>Text up to the end of the line.</summary>
    public string Line()
    {
        int length = bytes.AsSpan(Position).IndexOf((byte)'\n');
        if (length < 0) throw new PickleException("ends within a name");
        string line = Text((ulong)length);
        Position++;
        return line;
    }

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(bytes.Length - Position)) throw new PickleException($"ends at byte {bytes.Length}, within something that begins at {Position}");
        var taken = bytes.AsSpan(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    private ReadOnlySpan<byte> Take(int length) => Take((ulong)length);
}
