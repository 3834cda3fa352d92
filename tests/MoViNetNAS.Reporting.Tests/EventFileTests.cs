using System.Buffers.Binary;
using System.Text;

namespace MoViNetNAS.Reporting.Tests;

public sealed class EventFileTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-events-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Records_have_their_lengths_checksums_and_tags()
    {
        string path = Path.Combine(_folder.FullName, "a", "events.out.tfevents.0.test");
        var file = new EventFile(path, [new EventPoint(Time, 300, "train/loss", 1.5)]);
        file.Add([new EventPoint(Time, 600, "train/loss", 1.25), new EventPoint(Time, 600, "score/top1", 0.5)]);
        byte[][] records = [.. Records(File.ReadAllBytes(path))];
        Assert.Equal(4, records.Length);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(records[0]));
        Assert.Equal("train/loss", Tag(records[1]));
        Assert.Equal(["train/loss", "score/top1"], records[2..].Select(Tag));
        Assert.Equal(1.25f, BitConverter.ToSingle(records[2], records[2].Length - 4));
        Assert.Equal(Time.ToUnixTimeSeconds(), BitConverter.ToDouble(records[2], 1));
        Assert.Equal([0xD8, 0x04], records[2][10..12]); // 600 as a varint

        _ = new EventFile(path, []); // in place of the old one
        Assert.Single(Records(File.ReadAllBytes(path)));
    }

    // CRC-32C of "123456789" is 0xE3069283 (RFC 3720 and every catalogue of checksums).
    [Fact]
    public void The_reference_of_these_tests_is_the_checksum_it_should_be() => Assert.Equal(0xE3069283, Crc32C(Encoding.ASCII.GetBytes("123456789")));

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            at += 12 + length + 4;
            yield return record;
        }
    }

    // Event: 9 bytes of time, 3 of the step 300 or 600, then summary { value { tag, number } }, each with a key and a length.
    private static string Tag(byte[] record) => Encoding.UTF8.GetString(record, 18, record[17]);

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc32C(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    // Bit by bit, as the polynomial says.
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }

        return ~crc;
    }
}
