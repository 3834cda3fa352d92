using System.Buffers.Binary;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>The table of contents of a zip archive whose members are stored as they are, which is how torch.save writes them.</summary>
/// <remarks>Compressed members are refused and members may not overlap, so that what is read is never more than the file.
/// Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.5.3 (Zip64).</remarks>
internal static class ZipMembers
{
    private const uint EndMark = 0x06054b50, Zip64EndMark = 0x06064b50, Zip64LocatorMark = 0x07064b50, EntryMark = 0x02014b50, LocalMark = 0x04034b50;
    private const int EndBytes = 22, Zip64EndBytes = 56, Zip64LocatorBytes = 20, EntryBytes = 46, LocalBytes = 30;
    private const ushort Zip64Extra = 1;

    /// <exception cref="InputException">This is no such archive.</exception>
    public static IReadOnlyDictionary<string, ZipMember> Read(Stream file, string path)
    {
        var (count, begin, length) = Directory(file, path);
        byte[] table = Bytes(file, begin, length, path);
        var members = new Dictionary<string, ZipMember>();
        var extents = new List<(long Begin, long End)>();
        int position = 0;
        for (long i = 0; i < count; i++)
        {
            if (position + EntryBytes > table.Length || U32(table, position) != EntryMark) throw Damaged(path, "its table of contents ends early");
            var entry = table.AsSpan(position);
            int nameLength = U16(entry, 28), extraLength = U16(entry, 30), commentLength = U16(entry, 32);
            int end = position + EntryBytes + nameLength + extraLength + commentLength;
            if (end > table.Length) throw Damaged(path, "its table of contents ends early");
            string name = Encoding.UTF8.GetString(entry.Slice(EntryBytes, nameLength));
            if ((U16(entry, 8) & 1) != 0 || U16(entry, 10) != 0 || U32(entry, 20) != U32(entry, 24))
                throw new InputException($"{path}: member {Quoted.Of(name)} is compressed or encrypted; only stored members are read, as torch.save writes them.");
            var (size, local) = Zip64(entry.Slice(EntryBytes + nameLength, extraLength), U32(entry, 24), U32(entry, 42), path);
            long contents = Contents(file, local, name, path);
            if (size > begin - contents) throw Damaged(path, $"member {Quoted.Of(name)} is said to have {size} bytes");
            if (!members.TryAdd(name, new ZipMember(name, contents, size, U32(entry, 16)))) throw Damaged(path, $"member {Quoted.Of(name)} is there twice");
            extents.Add((local, contents + size));
            position = end;
        }

        if (position != table.Length) throw Damaged(path, "its table of contents is longer than its members");
        extents.Sort();
        for (int i = 1; i < extents.Count; i++)
            if (extents[i].Begin < extents[i - 1].End) throw Damaged(path, $"two members lie over each other at byte {extents[i].Begin}");
        return members;
    }

    /// <exception cref="InputException">The archive is no zip file, or ends before these bytes do.</exception>
    public static byte[] Bytes(Stream file, long begin, long length, string path)
    {
        if (begin < 0 || length < 0 || begin > file.Length || length > file.Length - begin || length > Array.MaxLength)
            throw Damaged(path, $"it should have {length} bytes at {begin}, and has {file.Length} in all");
        var bytes = new byte[length];
        file.Position = begin;
        file.ReadExactly(bytes);
        return bytes;
    }

    public static InputException Damaged(string path, string why) => new($"{path}: not a zip archive, or damaged: {why}.");

    private static (long Count, long Begin, long Length) Directory(Stream file, string path)
    {
        int tailLength = (int)Math.Min(file.Length, EndBytes + ushort.MaxValue);
        byte[] tail = Bytes(file, file.Length - tailLength, tailLength, path);
        int at = tail.Length - EndBytes;
        while (at >= 0 && !(U32(tail, at) == EndMark && at + EndBytes + U16(tail, at + 20) == tail.Length)) at--;
        if (at < 0) throw Damaged(path, "its end mark is missing");
        var end = tail.AsSpan(at);
        int locator = at - Zip64LocatorBytes;
        if (locator < 0 || U32(tail, locator) != Zip64LocatorMark) return Checked(U16(end, 10), U32(end, 16), U32(end, 12), file, path);
        byte[] large = Bytes(file, U64(tail, locator + 8), Zip64EndBytes, path);
        if (U32(large, 0) != Zip64EndMark) throw Damaged(path, "its Zip64 end mark is missing");
        return Checked(U64(large, 32), U64(large, 48), U64(large, 40), file, path);
    }

    private static (long Count, long Begin, long Length) Checked(long count, long begin, long length, Stream file, string path)
    {
        // Counts above 2^63 arrive as negative numbers.
        if (count < 0 || count > file.Length / EntryBytes || begin < 0 || length < 0 || begin > file.Length || length > file.Length - begin)
            throw Damaged(path, $"its table of contents should have {count} members in {length} bytes at {begin}");
        return (count, begin, length);
    }

    // Sizes and offsets beyond 4 GB stand in an extra field.
    private static (long Size, long Local) Zip64(ReadOnlySpan<byte> extra, long size, long local, string path)
    {
        if (size != uint.MaxValue && local != uint.MaxValue) return (size, local);
        while (extra.Length >= 4)
        {
            int length = U16(extra, 2);
            if (4 + length > extra.Length) break;
            if (U16(extra, 0) != Zip64Extra)
            {
                extra = extra[(4 + length)..];
                continue;
            }

            var field = extra.Slice(4, length);
            // Uncompressed size, compressed size, offset; each only where the 32-bit field is full.
            int expected = (size == uint.MaxValue ? 16 : 0) + (local == uint.MaxValue ? 8 : 0);
            if (field.Length < expected || (size == uint.MaxValue && U64(field, 0) != U64(field, 8))) break;
            long newLocal = local == uint.MaxValue ? U64(field, expected - 8) : local;
            long newSize = size == uint.MaxValue ? U64(field, 0) : size;
            if (newLocal < 0 || newSize < 0) break;
            return (newSize, newLocal);
        }

        throw Damaged(path, "a size beyond 4 GB does not read");
    }

    private static long Contents(Stream file, long local, string name, string path)
    {
        if (local > file.Length - LocalBytes) throw Damaged(path, $"member {Quoted.Of(name)} begins behind its end");
        Span<byte> header = stackalloc byte[LocalBytes];
        file.Position = local;
        file.ReadExactly(header);
        if (U32(header, 0) != LocalMark) throw Damaged(path, $"member {Quoted.Of(name)} does not begin where it should");
        return local + LocalBytes + U16(header, 26) + U16(header, 28);
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
