using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;

namespace MoViNetNAS.Data.Tests;

/// <summary>Clips out of NumPy: [T, H, W, 3], uint8 or float32 in [0, 1]; whatever else there is, is refused in a sentence.</summary>
public sealed class NpyFileTests
{
    private const string Good = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 1, 3), }";

    [Property]
    public void What_was_written_is_read_back(byte frames, byte height, byte width, bool isFloat)
    {
        var (t, h, w) = (1 + frames % 4, 1 + height % 5, 1 + width % 5);
        byte[] bytes = [.. Enumerable.Range(0, t * h * w * 3).Select(i => (byte)(i * 37))];
        var clip = isFloat ? new NpyClip(t, h, w, Array.ConvertAll(bytes, b => b / 255f)) : new NpyClip(t, h, w, bytes);
        using var folder = new TemporaryFolder();
        string file = folder["clip.npy"];
        NpyFile.Write(file, clip);
        var read = NpyFile.Read(file);
        Assert.Equal((t, h, w), (read.Frames, read.Height, read.Width));
        Assert.Equal(clip.Bytes, read.Bytes);
        Assert.Equal(clip.Floats, read.Floats);
        byte[] whole = System.IO.File.ReadAllBytes(file);
        Assert.Equal(0, (whole.Length - bytes.Length * (isFloat ? 4 : 1)) % 64);
    }

    [Theory]
    [InlineData(1, Good)]
    [InlineData(2, Good)]
    [InlineData(3, Good)]
    [InlineData(1, "{\"shape\":(1,2,1,3),\"fortran_order\":False,\"descr\":\"|u1\"}  \n")]
    public void The_three_versions_are_read(byte version, string header)
    {
        var clip = Read(version, header, new byte[6]);
        Assert.Equal((1, 2, 1), (clip.Frames, clip.Height, clip.Width));
        Assert.Equal(new byte[6], clip.Bytes);
        Assert.Null(clip.Floats);
    }

    // numpy.lib.format: spaces and a line end, so that the data begin at a multiple of 64.
    [Fact]
    public void A_file_as_NumPy_pads_it_is_read() =>
        Assert.Equal(2, Read(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2, 3), }".PadRight(117) + "\n", new byte[12]).Width);

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 1, 3), }", "'<f8'; '|u1' (uint8) and '<f4' (float32) are read")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2, 1, 3), }", "'>f4'; '|u1'")]
    [InlineData("{'descr': '|i1', 'fortran_order': False, 'shape': (1, 2, 1, 3), }", "'|i1'; '|u1'")]
    [InlineData("{'descr': [('r', '|u1')], 'fortran_order': False, 'shape': (1, 2, 1, 3), }", "descr is a list")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2, 1, 3), }", "is in Fortran order; C order is read")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1, 3), }", "has the shape (2, 1, 3); a clip is (T, H, W, 3)")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "has the shape (); a clip is")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 2, 1), }", "has the shape (1, 3, 2, 1); a clip is")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 2, 1, 3), }", "T, H and W are 1 or more")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 0, 3), }", "T, H and W are 1 or more")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 1, 3), }", "is cut short: the shape (1, 3, 1, 3) of '|u1'")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1, 3), }", "goes on after its end: the shape (1, 1, 1, 3)")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807, 9223372036854775807, 3), }", "is cut short")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775808, 2, 1, 3), }", "is 2^63 or more")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2, 1, 3), }", "a whole number, 0 or more is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3), }", "',' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': 0, 'shape': (1, 2, 1, 3), }", "True or False is expected")]
    [InlineData("{'descr': '|u1', 'shape': (1, 2, 1, 3), }", "the key 'fortran_order' is missing")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 1, 3), }", "the key 'descr' is there twice")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 1, 3), 'x': 1}", "the key 'x' is none of")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 1, 3)", "'}' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 1, 3)} {}", "the end is expected")]
    [InlineData("{'descr': '|u1, 'fortran_order': False}", "is expected")]
    [InlineData("", "'{' is expected")]
    public void Another_header_is_refused(string header, string part) =>
        Assert.Contains(part, Refused(File(1, header, new byte[6])));

    [Theory]
    [InlineData(float.NaN, "holds NaN at [0, 1, 0, 2]; float32 clips are RGB in [0, 1].")]
    [InlineData(float.PositiveInfinity, "holds Infinity at [0, 1, 0, 2]")]
    [InlineData(-0.5f, "holds -0.5 at [0, 1, 0, 2]; float32 clips are RGB in [0, 1].")]
    [InlineData(200f, "Pixels of 0-255 are divided by 255, or saved as uint8.")]
    public void Numbers_are_colours(float value, string part)
    {
        byte[] data = new byte[24];
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(20), value);
        Assert.Contains(part, Refused(File(1, Good.Replace("|u1", "<f4"), data)));
    }

    [Fact]
    public void Another_start_is_refused()
    {
        byte[] whole = File(1, Good, new byte[6]);
        byte[] With(int at, byte value) => [.. whole[..at], value, .. whole[(at + 1)..]];
        Assert.Contains("not a .npy file", Refused(With(0, (byte)'N')));
        Assert.Contains("version 4.0; 1.0, 2.0 and 3.0 are read", Refused(With(6, 4)));
        Assert.Contains("version 1.1", Refused(With(7, 1)));
        Assert.Contains("its header is said to have", Refused(With(9, 255)));
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal("there is no file x.npy.", Assert.Throws<InputException>(() => NpyFile.Read("x.npy")).Message);

    [Fact]
    public void A_clip_has_as_many_numbers_as_its_shape() => Assert.Throws<ArgumentException>(() => new NpyClip(1, 2, 2, new byte[11]));

    [Fact]
    public void Damaged_files_are_read_or_refused_without_more_memory_than_they_account_for()
    {
        string[] words = ["descr", "fortran_order", "shape", "|u1", "<f4", "<f8", "True", "False", "'", "\"", "(", ")", "{", "}", ",", ":", "\\", "3L"];
        byte[][] whole =
        [
            File(1, Good.PadRight(117) + "\n", new byte[6]),
            File(2, Good.Replace("|u1", "<f4"), new byte[24]),
            File(3, Good.Replace("(1, 2, 1, 3)", "(2, 3, 5, 3)"), new byte[90]),
        ];
        var random = new RandomStream(13);
        int read = 0;
        for (int i = 0; i < 10_000; i++)
            if (Mutation.Try(Mutation.Of(whole[i % 3], words, random.Derive("case", i)), stream => NpyFile.Read(stream, "file"))) read++;
        Assert.InRange(read, 100, 6_000);
    }

    private static byte[] File(byte version, string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header), length = BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length[..(version == 1 ? 2 : 4)], .. text, .. data];
    }

    private static NpyClip Read(byte version, string header, byte[] data)
    {
        using var stream = new MemoryStream(File(version, header, data));
        return NpyFile.Read(stream, "file");
    }

    private static string Refused(byte[] file)
    {
        using var stream = new MemoryStream(file);
        string message = Assert.Throws<InputException>(() => NpyFile.Read(stream, "file")).Message;
        Assert.StartsWith("file: ", message);
        return message;
    }
}
