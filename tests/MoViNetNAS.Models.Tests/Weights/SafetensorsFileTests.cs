using System.Buffers.Binary;
using System.Text;
using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Checkpoints come from other machines and broken disks: what is not exactly the format is refused, with file and tensor.</summary>
public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["x.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_back()
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["a"] = tensor(new[] { 1f, float.NaN, float.NegativeInfinity, -0f }, [2, 2]),
            ["scalar"] = tensor(3f),
            ["empty"] = zeros(0, 3),
            ["turned \"ä\""] = arange(6).to(float32).view(2, 3).t(),
        };
        SafetensorsFile.Write(File, [.. tensors], new Dictionary<string, string> { ["k"] = "v\n\"" });
        var (read, metadata) = SafetensorsFile.Read(File);
        Assert.Equal(tensors.Keys, read.Keys);
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.shape, read[name].shape);
            Assert.Equal(expected.contiguous().bytes.ToArray(), read[name].bytes.ToArray());
        }

        Assert.Equal("v\n\"", metadata["k"]);
        foreach (var value in read.Values) value.Dispose();
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        foreach (var value in SafetensorsFile.Read(File).Tensors.Values) value.Dispose();
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Contains(File, Refused());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000)]
    public void A_wrong_header_length_is_refused(long length)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains($"{length} bytes", Refused());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'b'")] // overlap
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16, "'b'")] // gap
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "4 bytes more")] // more than it says
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "'a'")] // does not begin at 0
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a'")] // shape and offsets differ
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,800]}}""", 8, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775800,9223372036854775804]}}""", 8, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,8]}}""", 8, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "'a'")] // twice
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"dtype":"F32","data_offsets":[0,8]}}""", 8, "'a' has the field 'dtype' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"shape":[2]}}""", 8, "'a' has the field 'shape' twice")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "'F8_E4M3'; F64, F32, F16, BF16, I64, I32, U8, BOOL are read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, "'a' has a field 'x'; dtype, shape and data_offsets")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "'a' has no field 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "'a' has 1 data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "'a': shape holds a String")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "'a': shape holds a number that is not whole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", 8, "'a': shape holds a number that is not whole or too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9223372036854775807,4],"data_offsets":[0,0]}}""", 0, "'a' has the shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "of 33 axes")]
    [InlineData("""{"a":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""", 8, "'a': dtype is a Null")]
    [InlineData("""{"a":[]}""", 8, "'a' is a StartArray")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "entry 'k' is a Number; a text is allowed")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "entry 'k' is there twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "'__metadata__' is there twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is a StartArray")]
    [InlineData("""{"a":{"shape":[[[[[[]]]]]]}}""", 0, "header does not read")]
    [InlineData("""{"a\ud800":{}}""", 0, "header does not read")]
    [InlineData("""{} {}""", 0, "header does not read")]
    [InlineData(""" {}""", 0, "header does not read")]
    [InlineData("[]", 0, "header does not read")]
    [InlineData("{ ", 0, "header does not read")]
    [InlineData("{\"a\u0001\":1}", 0, "header does not read")]
    public void A_header_that_lies_is_refused(string header, int dataBytes, string part)
    {
        Write(header, dataBytes);
        string message = Refused();
        Assert.StartsWith(File, message);
        Assert.Contains(part, message);
    }

    [Fact]
    public void Every_type_comes_back_as_it_was()
    {
        using var scope = NewDisposeScope();
        var numbers = tensor(new[] { 0f, 1f, 3f, 200f });
        Dictionary<string, Tensor> tensors = new ScalarType[]
        {
            float64, float32, float16, bfloat16, int64, int32, uint8, ScalarType.Bool,
        }.ToDictionary(type => $"{type}", type => numbers.to(type));
        SafetensorsFile.Write(File, [.. tensors], new Dictionary<string, string>());
        var (read, _) = SafetensorsFile.Read(File);
        foreach (var (name, value) in read)
        {
            Assert.Equal(tensors[name].dtype, value.dtype);
            Assert.Equal(tensors[name].bytes.ToArray(), value.bytes.ToArray());
            value.Dispose();
        }
    }

    [Fact]
    public void A_boolean_is_0_or_1()
    {
        Write("""{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", 2);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[^1] = 2;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.EndsWith("tensor 'a' is BOOL and holds the byte 2 at 1; 0 and 1 are allowed.", Refused());
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_refused()
    {
        System.IO.File.WriteAllBytes(File, [7, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'0', (byte)'}']);
        Assert.Contains("does not read", Refused());
    }

    [Fact]
    public void Tensors_that_cannot_be_read_back_are_not_written()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(File, [new("a", zeros(2, dtype: complex64))], new Dictionary<string, string>()));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(File, [new("a", zeros(2)), new("a", zeros(2))], new Dictionary<string, string>()));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(File, [new("__metadata__", zeros(2))], new Dictionary<string, string>()));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Nothing_is_left_alive_by_a_refused_file()
    {
        Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[8,9]}}""", 9);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[^1] = 2;
        System.IO.File.WriteAllBytes(File, bytes);
        using var scope = NewDisposeScope();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Refused();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private void Write(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        System.IO.File.WriteAllBytes(File, [.. length, .. text, .. new byte[dataBytes]]);
    }

    private string Refused() => Assert.Throws<InputException>(() => SafetensorsFile.Read(File)).Message;
}
