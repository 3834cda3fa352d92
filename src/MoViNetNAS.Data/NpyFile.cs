using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Reads and writes clips in NumPy's .npy format: [T, H, W, 3], uint8 or float32, in C order.</summary>
/// <remarks>Format versions 1.0, 2.0 and 3.0. Nothing is allocated that the file is too short for. Source: NumPy's format
/// description, numpy.lib.format.</remarks>
public static class NpyFile
{
    private const string Bytes = "|u1", Floats = "<f4";
    private const string Allowed = "'|u1' (uint8) and '<f4' (float32) are read";
    private const int LargestHeader = 65_535; // NumPy's own limit is 10,000
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the clip in <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The file is missing, cut short, not in the format, or holds something else than such a clip;
    /// float32 pixels are NaN or outside [0, 1].</exception>
    /// <exception cref="MachineException">The file cannot be read.</exception>
    public static NpyClip Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"there is no file {path}{NearestName.FileEnd(path)}");
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>Writes <paramref name="clip"/> to <paramref name="path"/> as version 1.0, whole or not at all.</summary>
    /// <exception cref="MachineException">The file cannot be written; an older one is left as it was.</exception>
    public static void Write(string path, NpyClip clip)
    {
        var header = new NpyHeader(clip.Bytes is null ? Floats : Bytes, false, [clip.Frames, clip.Height, clip.Width, InputShape.Channels]);
        int fixedBytes = Magic.Length + 4, length = header.ToString().Length + 1;
        length += (Alignment - (fixedBytes + length) % Alignment) % Alignment;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Magic);
            stream.Write([1, 0, (byte)length, (byte)(length >> 8)]);
            stream.Write(Encoding.ASCII.GetBytes(header.ToString().PadRight(length - 1) + "\n"));
            stream.Write(clip.Bytes ?? MemoryMarshal.AsBytes(clip.Floats.AsSpan()));
        });
    }

    internal static NpyClip Read(Stream stream, string path)
    {
        var header = ReadHeader(stream, path);
        long data = stream.Length - stream.Position;
        if (header.Type is not (Bytes or Floats)) throw new InputException($"{path}: its pixels are '{header.Type}'; {Allowed}.");
        string shape = $"({string.Join(", ", header.Shape)})";
        if (header.IsFortranOrder) throw new InputException($"{path}: is in Fortran order; C order is read: save numpy.ascontiguousarray(clip).");
        if (header.Shape is not [var frames, var height, var width, InputShape.Channels])
            throw new InputException($"{path}: has the shape {shape}; a clip is (T, H, W, {InputShape.Channels}).");
        if (frames < 1 || height < 1 || width < 1) throw new InputException($"{path}: has the shape {shape}; T, H and W are 1 or more.");
        int size = header.Type == Bytes ? 1 : sizeof(float);
        // Each axis is below 2^63: three of them fit no type, two of them do.
        Int128 plane = (Int128)height * width;
        Int128 pixels = plane > long.MaxValue ? plane : plane * frames;
        bool isShort = pixels > long.MaxValue / (InputShape.Channels * size) || pixels * InputShape.Channels * size > data;
        if (isShort || pixels * InputShape.Channels * size < data)
        {
            throw new InputException(
                $"{path}: {(isShort ? "is cut short" : "goes on after its end")}: " +
                $"the shape {shape} of '{header.Type}' does not take the {data} bytes that follow its header.");
        }

        if (pixels * InputShape.Channels > Array.MaxLength) throw new InputException($"{path}: has the shape {shape}; up to {Array.MaxLength} numbers are read.");
        int count = (int)(pixels * InputShape.Channels);
        var (t, h, w) = ((int)frames, (int)height, (int)width);
        if (header.Type == Bytes)
        {
            var bytes = new byte[count];
            stream.ReadExactly(bytes);
            return new NpyClip(t, h, w, bytes);
        }

        var floats = new float[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(floats.AsSpan()));
        RequireColours(floats, h, w, path);
        return new NpyClip(t, h, w, floats);
    }

    private static NpyHeader ReadHeader(Stream stream, string path)
    {
        int prefix = Magic.Length + 2;
        Span<byte> start = stackalloc byte[prefix + sizeof(uint)];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < prefix || !start[..Magic.Length].SequenceEqual(Magic)) throw new InputException($"{path}: not a .npy file: it does not begin with \\x93NUMPY and a version.");
        int version = start[Magic.Length];
        if (version is < 1 or > 3 || start[Magic.Length + 1] != 0)
            throw new InputException($"{path}: is of .npy version {version}.{start[Magic.Length + 1]}; 1.0, 2.0 and 3.0 are read.");
        int begin = prefix + (version == 1 ? sizeof(ushort) : sizeof(uint));
        if (read < begin) throw new InputException($"{path}: is cut short: it has {stream.Length} bytes, fewer than the start of a .npy file.");
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[prefix..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[prefix..]);
        if (length > Math.Min(LargestHeader, stream.Length - begin))
        {
            throw new InputException(
                $"{path}: its header is said to have {length} bytes; up to {LargestHeader} are read, " +
                $"and the file has {stream.Length - begin} after its start.");
        }

        var header = new byte[length];
        stream.Position = begin;
        stream.ReadExactly(header);
        try
        {
            // Up to version 2.0 it is Latin-1; all that a clip's header needs is ASCII.
            return NpyHeader.Parse((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(header));
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}: its .npy header does not read: {e.Message}.", e);
        }
    }

    private static void RequireColours(float[] floats, int height, int width, string path)
    {
        for (int i = 0; i < floats.Length; i++)
        {
            float value = floats[i];
            if (value is >= 0 and <= 1) continue;
            int pixel = i / InputShape.Channels, row = pixel / width;
            string where = $"[{row / height}, {row % height}, {pixel % width}, {i % InputShape.Channels}]";
            string hint = value is > 1 and <= 255
                ? " Pixels of 0-255 are divided by 255, or saved as uint8."
                : "";
            throw new InputException($"{path}: holds {value} at {where}; float32 clips are RGB in [0, 1].{hint}");
        }
    }
}
