using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The memory of tensors of any type, to and from streams, without a second copy in managed memory.</summary>
internal static unsafe class TensorBytes
{
    private const int Chunk = 1 << 20;

    /// <summary>A fresh tensor on the CPU with the next elements of <paramref name="stream"/>; the caller disposes it.</summary>
    /// <param name="shape">Checked by the caller against what the stream holds.</param>
    /// <param name="type">Element type.</param>
    /// <param name="stream">Little-endian elements in C order.</param>
    /// <param name="what">What mistakes call the tensor, "file: tensor 'name'".</param>
    /// <param name="checksum">When given, is told every byte.</param>
    /// <exception cref="InputException">A boolean is neither 0 nor 1.</exception>
    public static Tensor Read(long[] shape, TensorType type, Stream stream, Func<string> what, Crc32? checksum = null)
    {
        var result = empty(shape, dtype: type.Type).DetachFromDisposeScope();
        try
        {
            foreach (var (start, length) in Chunks(result.numel() * type.Bytes))
            {
                var bytes = new Span<byte>((byte*)Pointer(result) + start, length);
                stream.ReadExactly(bytes);
                checksum?.Add(bytes);
                // Any other byte is no value of C++'s bool: libtorch may do anything with it.
                if (type.Type == ScalarType.Bool && bytes.IndexOfAnyExceptInRange((byte)0, (byte)1) is var odd and >= 0)
                    throw new InputException($"{what()} is BOOL and holds the byte {bytes[odd]} at {start + odd}; 0 and 1 are allowed.");
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Writes the elements of <paramref name="x"/>, on any device, in C order.</summary>
    public static void Write(Tensor x, Stream stream)
    {
        using var scope = NewDisposeScope();
        var whole = x.detach().cpu().contiguous();
        foreach (var (start, length) in Chunks(whole.numel() * whole.element_size()))
            stream.Write(new ReadOnlySpan<byte>((byte*)Pointer(whole) + start, length));
    }

    // Spans end at 2 GB, tensors do not.
    private static IEnumerable<(long Start, int Length)> Chunks(long bytes)
    {
        for (long start = 0; start < bytes; start += Chunk) yield return (start, (int)Math.Min(Chunk, bytes - start));
    }

    private static void* Pointer(Tensor x) => ChannelsLast.Pointer(x);
}
