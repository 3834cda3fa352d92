using System.Buffers.Binary;
using System.Text;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

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
            Assert.Equal(Tiny.Floats(expected), Tiny.Floats(read[name]));
        }

        Assert.Equal("v\n\"", metadata["k"]);
        Assert.Equal(metadata, SafetensorsFile.ReadMetadata(File));
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
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8, "'a' is F16")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "header does not read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "header does not read")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "header does not read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "header does not read")]
    [InlineData("""{"a":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""", 8, "'a' is")]
    [InlineData("""{"a":[]}""", 8, "header does not read")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "header does not read")]
    [InlineData("[]", 0, "header does not read")]
    [InlineData("{", 0, "header does not read")]
    public void A_header_that_lies_is_refused(string header, int dataBytes, string part)
    {
        Write(header, dataBytes);
        string message = Refused();
        Assert.StartsWith(File, message);
        Assert.Contains(part, message);
    }

    [Fact]
    public void Only_float32_is_written()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(File, [new("a", zeros(2, dtype: float64))], new Dictionary<string, string>()));
        Assert.False(System.IO.File.Exists(File));
    }

    private void Write(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        System.IO.File.WriteAllBytes(File, [.. length, .. text, .. new byte[dataBytes]]);
    }

    private string Refused() => Assert.Throws<InputException>(() => SafetensorsFile.Read(File)).Message;
}
