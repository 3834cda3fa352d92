using System.Buffers.Binary;
using System.Text;

namespace MoViNetNAS.Models.Tests;

/// <summary>Writes what torch.save writes, from the documented formats: pickle opcodes of protocol 2, and a zip archive of stored members.</summary>
internal sealed class PyTorchArchive
{
    private readonly MemoryStream _pickle = new();
    private readonly List<(string Name, byte[] Contents, ushort Method)> _members = [];
    private int _storages;

    public PyTorchArchive() => Op(0x80, 2);

    public string Folder { get; init; } = "archive";

    public string ByteOrder { get; init; } = "little";

    public bool HasZip64 { get; init; }

    public PyTorchArchive Op(params ReadOnlySpan<byte> bytes)
    {
        _pickle.Write(bytes);
        return this;
    }

    public PyTorchArchive Op(char code) => Op((byte)code);

    public PyTorchArchive Text(string text)
    {
        Op('X');
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
        return Op(length).Op(Encoding.UTF8.GetBytes(text));
    }

    public PyTorchArchive Number(long number)
    {
        Op(0x8a, 8);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return Op(bytes);
    }

    public PyTorchArchive Numbers(params ReadOnlySpan<long> numbers)
    {
        Op('(');
        foreach (long number in numbers) Number(number);
        return Op('t');
    }

    public PyTorchArchive Global(string module, string name) => Op('c').Op(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PyTorchArchive OrderedDict() => Global("collections", "OrderedDict").Op(')').Op('R');

    /// <summary>A storage of its own, and the tensor that walks through it.</summary>
    public PyTorchArchive Tensor(string storage, byte[] elements, long count, long[] shape, long[] strides, long offset = 0)
    {
        Member($"data/{_storages}", elements);
        return Tensor(storage, _storages++, count, shape, strides, offset);
    }

    public PyTorchArchive Tensor(string storage, int key, long count, long[] shape, long[] strides, long offset) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", storage).Text($"{key}").Text("cpu").Number(count).Op('t').Op('Q')
            .Number(offset).Numbers(shape).Numbers(strides).Op(0x89).OrderedDict()
            .Op('t').Op('R');

    public PyTorchArchive Floats(params float[] values) => Tensor("FloatStorage", Bytes(values), values.Length, [values.Length], [1]);

    public PyTorchArchive Member(string name, byte[] contents, ushort method = 0)
    {
        _members.Add((name, contents, method));
        return this;
    }

    public byte[] ToArray()
    {
        Op('.');
        var zip = new MemoryStream();
        var table = new MemoryStream();
        (string Name, byte[] Contents, ushort Method)[] all =
            [("data.pkl", _pickle.ToArray(), 0), ("byteorder", Encoding.UTF8.GetBytes(ByteOrder), 0), .. _members, ("version", "3\n"u8.ToArray(), 0)];
        foreach (var (member, contents, method) in all.DistinctBy(member => member.Name))
        {
            byte[] name = Encoding.UTF8.GetBytes($"{Folder}/{member}");
            var checksum = new Crc32();
            checksum.Add(contents);
            byte[] fields = [0, 0, 0, 8, .. U16(method), 0, 0, 0, 0, .. U32(checksum.Value), .. U32(contents.Length), .. U32(contents.Length), .. U16(name.Length)];
            // torch fills the extra field so that contents begin at a multiple of 64.
            int padding = (int)((64 - (zip.Length + 30 + name.Length + 4) % 64) % 64);
            table.Write([.. U32(0x02014b50), 0, 0, .. fields, .. U16(0), .. U16(0), 0, 0, 0, 0, 0, 0, 0, 0, .. U32(zip.Length), .. name]);
            zip.Write([.. U32(0x04034b50), .. fields, .. U16(4 + padding), .. name, (byte)'F', (byte)'B', .. U16(padding), .. new byte[padding], .. contents]);
        }

        long begin = zip.Length;
        zip.Write(table.ToArray());
        long end = zip.Length;
        if (HasZip64)
        {
            zip.Write([.. U32(0x06064b50), .. U64(44), 45, 0, 45, 0, .. U32(0), .. U32(0), .. U64(all.Length), .. U64(all.Length), .. U64(table.Length), .. U64(begin)]);
            zip.Write([.. U32(0x07064b50), .. U32(0), .. U64(end), .. U32(1)]);
        }

        uint full = uint.MaxValue;
        zip.Write([
            .. U32(0x06054b50), 0, 0, 0, 0, .. U16(all.Length), .. U16(all.Length), .. U32(HasZip64 ? full : table.Length), .. U32(HasZip64 ? full : begin), 0, 0]);
        return zip.ToArray();
    }

    public static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] U32(long value) => BitConverter.GetBytes((uint)value);

    private static byte[] U64(long value) => BitConverter.GetBytes(value);
}
