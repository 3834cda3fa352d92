using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Tests;

/// <summary>Damages files as disks, transfers and ill will do: bits, lengths, words, numbers, cuts.</summary>
internal static class Mutation
{
    private static readonly long[] Numbers =
        [0, 1, 2, 7, 8, 255, 65535, 65536, int.MaxValue, uint.MaxValue, 100_000_000, 1L << 40, long.MaxValue, long.MinValue, -1];

    /// <summary>A copy of <paramref name="whole"/> with one to four faults.</summary>
    /// <param name="whole">A good file.</param>
    /// <param name="words">Texts of the format; one that is there is put in another's place.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Of(byte[] whole, IReadOnlyList<string> words, RandomStream random)
    {
        byte[] bytes = [.. whole];
        int faults = 1 + random.Below(4);
        for (int i = 0; i < faults && bytes.Length > 0; i++) bytes = Once(bytes, words, random);
        return bytes;
    }

    /// <summary>Reads a mutated file, and counts: only an <see cref="InputException"/> may come of it, and no memory that the file does not account for.</summary>
    /// <returns>Whether it was read.</returns>
    public static bool Try(byte[] file, Action<Stream> read)
    {
        using var stream = new MemoryStream(file, writable: false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = true;
        try
        {
            read(stream);
        }
        catch (InputException e)
        {
            isRead = false;
            Assert.StartsWith("file", e.Message);
            Assert.InRange(e.Message.Length, 10, 5000);
        }

        // The constant: an exception's stack trace and message. The multiple: values of one byte each.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 50_000 + 20L * file.Length, $"{allocated} bytes for a file of {file.Length}");
        return isRead;
    }

    private static byte[] Once(byte[] bytes, IReadOnlyList<string> words, RandomStream random)
    {
        int at = random.Below(bytes.Length);
        switch (random.Below(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Below(8));
                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                bytes[at] = (byte)random.Below(256);
                return bytes;
            case 3: // a length or an offset, in a place of its own size
                byte[] number = BitConverter.GetBytes(Numbers[random.Below(Numbers.Length)] + random.Below(3) - 1);
                int size = 1 << random.Below(4), place = random.Chance(0.3) ? 0 : at;
                number.AsSpan(0, Math.Min(size, bytes.Length - place)).CopyTo(bytes.AsSpan(place));
                return bytes;
            case 4: // a word of the format for another one
                return Swap(bytes, words[random.Below(words.Count)], words[random.Below(words.Count)], random);
            case 5: // digits
                return Swap(bytes, random.Below(10).ToString(), Numbers[random.Below(Numbers.Length)].ToString(), random);
            default: // a piece twice, or away
                int end = Math.Min(bytes.Length, at + 1 + random.Below(40));
                return random.Chance(0.5) ? [.. bytes[..end], .. bytes[at..]] : [.. bytes[..at], .. bytes[end..]];
        }
    }

    private static byte[] Swap(byte[] bytes, string from, string to, RandomStream random)
    {
        byte[] old = Encoding.Latin1.GetBytes(from);
        int start = random.Below(bytes.Length);
        int at = bytes.AsSpan(start).IndexOf(old);
        at = at < 0 ? bytes.AsSpan().IndexOf(old) : start + at;
        return at < 0 ? bytes : [.. bytes[..at], .. Encoding.Latin1.GetBytes(to), .. bytes[(at + old.Length)..]];
    }
}
