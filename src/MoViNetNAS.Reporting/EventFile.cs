using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>Numbers over time as TensorBoard reads them: one file of records, to which records are added at its end.</summary>
/// <remarks>A record is its length, the masked CRC-32C of the length, the bytes of an Event message, and their masked CRC-32C. Written
/// here because a training that goes on writes the file anew, from its checkpoint; a writer that only adds would show epochs twice.
/// Source: TensorFlow, TFRecord format and event.proto.</remarks>
public sealed class EventFile
{
    private const uint MaskDelta = 0xa282ead8;
    private readonly string _path;

    /// <summary>Writes a file with <paramref name="points"/>, in place of an older one.</summary>
    /// <param name="path">Its name has to have ".tfevents." in it.</param>
    /// <param name="points">What is known already.</param>
    /// <exception cref="MachineException">It cannot be written.</exception>
    public EventFile(string path, IEnumerable<EventPoint> points)
    {
        _path = path;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Record(Event(0, 0, Text(3, "brain.Event:2"))));
            foreach (var point in points) stream.Write(Record(Event(point)));
        });
    }

    /// <summary>Adds points at the end.</summary>
    /// <exception cref="MachineException">They cannot be written.</exception>
    public void Add(IEnumerable<EventPoint> points)
    {
        try
        {
            using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write([.. points.SelectMany(point => Record(Event(point)))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot write {_path}: {e.Message}", e);
        }
    }

    // Event { double wall_time = 1; int64 step = 2; Summary summary = 5 { Value value = 1 { string tag = 1; float simple_value = 2 } } }
    private static byte[] Event(EventPoint point)
    {
        byte[] value = [.. Text(1, point.Tag), (2 << 3) | 5, .. BitConverter.GetBytes((float)point.Value)];
        return Event(point.TimeUtc.ToUnixTimeMilliseconds() / 1000.0, point.Step, Field(5, Field(1, value)));
    }

    private static byte[] Event(double time, long step, byte[] what) =>
        [(1 << 3) | 1, .. BitConverter.GetBytes(time), 2 << 3, .. Varint((ulong)step), .. what];

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] bytes) => [(byte)((field << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Varint(ulong number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7) bytes.Add((byte)(number | 0x80));
        return [.. bytes, (byte)number];
    }

    private static byte[] Record(byte[] message)
    {
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)message.Length);
        return [.. length, .. Checksum(length), .. message, .. Checksum(message)];
    }

    private static byte[] Checksum(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes) crc = BitOperations.Crc32C(crc, one);
        crc = ~crc;
        byte[] masked = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, BitOperations.RotateRight(crc, 15) + MaskDelta);
        return masked;
    }
}
