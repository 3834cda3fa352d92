using System.Buffers.Binary;
using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>A TrueType font without the outlines of glyphs that figures do not need: a PDF embeds the whole font, and DejaVu Sans has 6,253 glyphs.</summary>
/// <remarks>Source of the format: OpenType specification, tables head, maxp, loca and glyf. Glyphs keep their numbers, so that the other tables stay as they are.</remarks>
internal static class FontSubset
{
    private const int HeaderSize = 12, EntrySize = 16, LocaFormatAt = 50, GlyphCountAt = 4;
    private const ushort HasWords = 0x1, HasScale = 0x8, HasMore = 0x20, HasTwoScales = 0x40, HasMatrix = 0x80;

    private static readonly string[] Kept = ["OS/2", "cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep"];

    /// <summary><paramref name="font"/> with the outlines of <paramref name="glyphs"/>, and of those that they are made of; all others are empty.</summary>
    public static byte[] Of(byte[] font, IEnumerable<ushort> glyphs)
    {
        var tables = Tables(font);
        int count = BinaryPrimitives.ReadUInt16BigEndian(tables["maxp"].Span[GlyphCountAt..]);
        bool isLong = BinaryPrimitives.ReadInt16BigEndian(tables["head"].Span[LocaFormatAt..]) != 0;
        var loca = tables["loca"];
        int Offset(int glyph) => isLong ? (int)BinaryPrimitives.ReadUInt32BigEndian(loca.Span[(4 * glyph)..]) : 2 * BinaryPrimitives.ReadUInt16BigEndian(loca.Span[(2 * glyph)..]);
        ReadOnlyMemory<byte> Outline(int glyph) => tables["glyf"][Offset(glyph)..Offset(glyph + 1)];

        var wanted = new HashSet<int>();
        var open = new Stack<int>([0, .. glyphs.Select(glyph => (int)glyph)]);
        while (open.TryPop(out int glyph))
        {
            if (!wanted.Add(glyph)) continue;
            foreach (int part in Parts(Outline(glyph).Span)) open.Push(part);
        }

        var outlines = new MemoryStream();
        byte[] offsets = new byte[loca.Length];
        for (int glyph = 0; glyph <= count; glyph++)
        {
            if (isLong) BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            else BinaryPrimitives.WriteUInt16BigEndian(offsets.AsSpan(2 * glyph), (ushort)(outlines.Length / 2));
            if (glyph == count || !wanted.Contains(glyph)) continue;
            outlines.Write(Outline(glyph).Span);
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }

        (tables["glyf"], tables["loca"]) = (outlines.ToArray(), offsets);
        byte[] post = tables["post"][..32].ToArray(); // version 3: glyphs without names
        BinaryPrimitives.WriteUInt32BigEndian(post, 0x00030000);
        tables["post"] = post;
        return Written(font.AsSpan(0, 4), [.. Kept.Where(tables.ContainsKey).Select(name => (name, tables[name]))]);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Tables(byte[] font)
    {
        var tables = new Dictionary<string, ReadOnlyMemory<byte>>();
        int count = BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4));
        for (int i = 0; i < count; i++)
        {
            var entry = font.AsSpan(HeaderSize + EntrySize * i, EntrySize);
            int start = (int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..]), length = (int)BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
            tables[Encoding.ASCII.GetString(entry[..4])] = font.AsMemory(start, length);
        }

        return tables;
    }

    // The glyphs of which an accented letter, for example, is put together.
    private static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.IsEmpty || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return parts;
        int at = 10;
        ushort flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & HasWords) != 0 ? 4 : 2) + ((flags & HasScale) != 0 ? 2 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasMatrix) != 0 ? 8 : 0);
        }
        while ((flags & HasMore) != 0);
        return parts;
    }

    private static byte[] Written(ReadOnlySpan<byte> version, (string Name, ReadOnlyMemory<byte> Bytes)[] tables)
    {
        static int Padded(int length) => (length + 3) / 4 * 4;
        byte[] font = new byte[HeaderSize + EntrySize * tables.Length + tables.Sum(table => Padded(table.Bytes.Length))];
        version.CopyTo(font);
        int log = (int)Math.Log2(tables.Length);
        void Word(int at, int value) => BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(at), (ushort)value);
        Word(4, tables.Length);
        Word(6, 16 << log);
        Word(8, log);
        Word(10, 16 * tables.Length - (16 << log));
        int start = HeaderSize + EntrySize * tables.Length;
        for (int i = 0; i < tables.Length; i++)
        {
            var (name, bytes) = tables[i];
            var entry = font.AsSpan(HeaderSize + EntrySize * i, EntrySize);
            bytes.Span.CopyTo(font.AsSpan(start));
            Encoding.ASCII.GetBytes(name, entry);
            uint sum = 0;
            for (int at = 0; at < Padded(bytes.Length); at += 4) sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(font.AsSpan(start + at)));
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], sum);
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)start);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)bytes.Length);
            start += Padded(bytes.Length);
        }

        return font;
    }
}
