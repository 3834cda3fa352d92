using System.Buffers.Binary;
using System.Text;
using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Thousands of damaged weight files: each is read or refused in a sentence, at once and without memory that the file does not account for.</summary>
/// <remarks>Native memory: a tensor is made only after its bytes were found inside the file, no two tensors or storages have the same
/// bytes, so together they are never larger than the file.</remarks>
public sealed class WeightFileFuzz
{
    private static readonly string[] SafetensorsWords =
        ["F32", "F64", "BOOL", "U8", "dtype", "shape", "data_offsets", "__metadata__", "{", "}", "[", "]", ",", ":", "\"", "null", "1e9", "\\ud800", "a", "b"];

    private static readonly string[] PickleWords =
        ["collections", "OrderedDict", "torch._utils", "_rebuild_tensor_v2", "FloatStorage", "BoolStorage", "os", "system", "storage", "(", "t", "R", "Q", "u", "}", "]", "data/0", "data/1", "PK\x5\x6"];

    [Fact]
    public void Safetensors()
    {
        string[] headers =
        [
            """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BOOL","shape":[3],"data_offsets":[16,19]},"c":{"dtype":"I64","shape":[],"data_offsets":[19,27]}}   """,
            """{"a":{"shape":[0,3],"dtype":"F16","data_offsets":[0,0]},"b":{"dtype":"U8","data_offsets":[0,27],"shape":[27]}}""",
        ];
        var random = new RandomStream(11);
        int read = 0;
        for (int i = 0; i < 10_000; i++)
        {
            byte[] header = Encoding.UTF8.GetBytes(headers[i % 2]), data = new byte[27];
            var child = random.Derive("case", i);
            bool isHeaderOnly = i % 4 < 2; // then its length stays right, so that the faults get past it
            if (isHeaderOnly) header = Mutation.Of(header, SafetensorsWords, child);
            byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
            if (!isHeaderOnly) file = Mutation.Of(file, SafetensorsWords, child);
            if (Mutation.Try(file, stream => Dispose(SafetensorsFile.Read(stream, "file").Tensors))) read++;
        }

        Assert.InRange(read, 100, 5_000);
    }

    [Fact]
    public void Pickles_in_archives()
    {
        var random = new RandomStream(12);
        int read = 0;
        for (int i = 0; i < 3_000; i++)
        {
            byte[] file = Archive(i % 2 == 0).ToArray();
            var child = random.Derive("case", i);
            file = i % 3 == 0 ? Mutation.Of(file, PickleWords, child) : WithPickle(file, child);
            if (Mutation.Try(file, stream => Dispose(PyTorchFile.Read(stream, "file")))) read++;
        }

        Assert.InRange(read, 100, 2_000);
    }

    private static PyTorchArchive Archive(bool hasZip64) => new PyTorchArchive { HasZip64 = hasZip64 }.OrderedDict().Op((byte)'q', 0).Op('(')
        .Text("w").Tensor("FloatStorage", PyTorchArchive.Bytes(1, 2, 3, 4, 5, 6), 6, [3, 2], [2, 1])
        .Text("v").Tensor("FloatStorage", 0, 6, [2], [1], 1)
        .Text("n").Tensor("BoolStorage", [0, 1], 2, [2], [1])
        .Op('u');

    // Faults inside the pickle, whose length and checksum are kept right: past the zip archive's own checks.
    private static byte[] WithPickle(byte[] file, RandomStream random)
    {
        // The pickle is the first member, behind its local header.
        int begin = 30 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(28));
        int table = file.AsSpan().IndexOf("PK\x1\x2"u8);
        int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(table + 24));
        byte[] pickle = Mutation.Of(file[begin..(begin + length)], PickleWords, random);
        Array.Resize(ref pickle, length); // too short ones end with zeros, which are no opcodes
        pickle.CopyTo(file, begin);
        var checksum = new Crc32();
        checksum.Add(pickle);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(table + 16), checksum.Value);
        return file;
    }

    private static void Dispose(IReadOnlyDictionary<string, Tensor> tensors)
    {
        Assert.InRange(tensors.Values.Sum(tensor => tensor.numel()), 0, 1000);
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }
}
