using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Files of torch.save are read, and nothing in them is run. The files are made from the documented formats.</summary>
public sealed class PyTorchFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_state_dict_is_read(bool hasZip64)
    {
        var archive = new PyTorchArchive { HasZip64 = hasZip64 }.OrderedDict().Op((byte)'q', 0).Op('(')
            .Text("a.weight").Tensor("FloatStorage", PyTorchArchive.Bytes(1, 2, 3, 4, 5, 6), 6, [3, 2], [1, 3]) // transposed
            .Text("a.row").Tensor("FloatStorage", 0, 6, [3], [1], 3)
            .Text("half").Tensor("HalfStorage", [0, 0x3c], 1, [], [])
            .Text("brain").Tensor("BFloat16Storage", [0x80, 0x3f], 1, [1], [1])
            .Text("count").Tensor("LongStorage", [7, 0, 0, 0, 0, 0, 0, 0], 1, [], [])
            .Text("empty").Tensor("DoubleStorage", [], 0, [0, 3], [3, 1])
            .Text("flags").Tensor("BoolStorage", [0, 1], 2, [2], [1])
            .Text("parameter").Global("torch._utils", "_rebuild_parameter").Op('(').Floats(9).Op(0x88).OrderedDict().Op('t').Op('R')
            .Op('u')
            .Op('}').Text("_metadata").Op('}').Op('s').Op('b');
        var tensors = Read(archive);
        Assert.Equal(["a.weight", "a.row", "half", "brain", "count", "empty", "flags", "parameter"], tensors.Keys);
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], tensors["a.weight"].contiguous().data<float>().ToArray());
        Assert.Equal([3L, 2L], tensors["a.weight"].shape);
        Assert.Equal([4f, 5f, 6f], tensors["a.row"].data<float>().ToArray());
        Assert.Equal(1f, tensors["half"].to(float32).item<float>());
        Assert.Equal(ScalarType.BFloat16, tensors["brain"].dtype);
        Assert.Equal(1f, tensors["brain"].to(float32).item<float>());
        Assert.Equal(7L, tensors["count"].item<long>());
        Assert.Equal([0L, 3L], tensors["empty"].shape);
        Assert.Equal([false, true], tensors["flags"].data<bool>().ToArray());
        Assert.Equal([9f], tensors["parameter"].data<float>().ToArray());
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    [Theory]
    [InlineData(CPythonFiles.Protocol2)]
    [InlineData(CPythonFiles.Protocol4)]
    public void Files_of_another_pickler_and_zip_writer_are_read(string base64)
    {
        using var stream = new MemoryStream(Convert.FromBase64String(base64));
        var tensors = PyTorchFile.Read(stream, "file.pt");
        Assert.Equal(["conv.weight", "norm.num_batches_tracked"], tensors.Keys);
        Assert.Equal([2L, 3L], tensors["conv.weight"].shape);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], tensors["conv.weight"].data<float>().ToArray());
        Assert.Equal(42L, tensors["norm.num_batches_tracked"].item<long>());
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    [Fact]
    public void A_state_dict_inside_a_checkpoint_is_read()
    {
        var tensors = Read(new PyTorchArchive().Op('}').Op('(')
            .Text("epoch").Op((byte)'K', 3).Text("lr").Op((byte)'G', 0x3f, 0xf0, 0, 0, 0, 0, 0, 0).Text("names").Op(']').Text("x").Op('a')
            .Text("state_dict").Op('}').Op((byte)'q', 1).Text("w").Floats(1, 2).Op('s')
            .Text("optimizer").Op('}').Op((byte)'K', 0).Op('N').Op('s')
            .Op('u'));
        Assert.Equal("w", Assert.Single(tensors).Key);
        tensors["w"].Dispose();
    }

    [Fact]
    public void Protocol_4_is_read()
    {
        var archive = new PyTorchArchive();
        archive.Op(0x80, 4).Op(0x95, 9, 0, 0, 0, 0, 0, 0, 0).Op(0x8c, 11).Op("collections"u8).Op(0x8c, 11).Op("OrderedDict"u8).Op(0x93).Op(0x94)
            .Op(')').Op('R').Text("w").Floats(1).Op('s');
        var tensors = Read(archive);
        Assert.Equal(1f, Assert.Single(tensors).Value.item<float>());
        tensors["w"].Dispose();
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor")]
    [InlineData("torch.storage", "FloatStorage")]
    public void Everything_else_is_refused_by_name(string module, string name)
    {
        Assert.Contains($"refuses to run '{module}.{name}'", Refused(new PyTorchArchive().Global(module, name).Op('(').Text("echo").Op('t').Op('R')));
        Assert.Contains($"refuses to run '{module}.{name}'", Refused(new PyTorchArchive().Text(module).Text(name).Op(0x93)));
        Assert.Contains($"refuses to run '{module}.{name}'", Refused(new PyTorchArchive().Op('(').Op('i').Op(System.Text.Encoding.UTF8.GetBytes($"{module}\n{name}\n"))));
    }

    [Fact]
    public void A_type_is_not_called() =>
        Assert.Contains("refuses to run 'torch.FloatStorage'", Refused(new PyTorchArchive().Global("torch", "FloatStorage").Op(')').Op('R')));

    [Theory]
    [InlineData(2, 0, new long[] { 3 }, new long[] { 1 })] // beyond the end
    [InlineData(2, 1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(2, -1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(2, 0, new long[] { 2 }, new long[] { -1 })]
    [InlineData(2, 0, new long[] { 1_000_000_000 }, new long[] { 0 })] // two elements that stand for a thousand million
    [InlineData(2, 0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(2, 0, new long[] { -2 }, new long[] { 1 })]
    [InlineData(2, 0, new long[] { 2 }, new long[] { 1, 1 })]
    [InlineData(2, long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(2, 3, new long[] { 0 }, new long[] { 1 })]
    public void A_tensor_stays_inside_its_storage(long elements, long offset, long[] shape, long[] strides) => Assert.Contains(
        $"at element {offset} of a storage of 2",
        Refused(new PyTorchArchive().Op('}').Text("w").Tensor("FloatStorage", PyTorchArchive.Bytes(1, 2), elements, shape, strides, offset).Op('s')));

    [Fact]
    public void A_storage_is_as_large_as_it_says()
    {
        string Of(long elements) => Refused(new PyTorchArchive().Op('}').Text("w").Tensor("FloatStorage", PyTorchArchive.Bytes(1, 2), elements, [1], [1]).Op('s'));
        Assert.Contains("storage '0' has 12 bytes; its member has 8", Of(3));
        Assert.Contains("storage '0' has 4 bytes; its member has 8", Of(1));
        Assert.Contains("has 9223372036854775807 elements", Of(long.MaxValue));
        Assert.Contains("'5', which the archive does not have", Refused(new PyTorchArchive().Op('}').Text("w").Tensor("FloatStorage", 5, 1, [1], [1], 0).Op('s')));
        Assert.Contains("two types or sizes", Refused(new PyTorchArchive().Op('}').Op('(').Text("w").Floats(1).Text("v").Tensor("IntStorage", 0, 1, [1], [1], 0).Op('u')));
    }

    [Fact]
    public void What_is_no_state_dict_is_refused()
    {
        Assert.Contains("holds no dictionary", Refused(new PyTorchArchive().Op('N')));
        Assert.Contains("holds no tensors but nothing", Refused(new PyTorchArchive().Op('}')));
        Assert.Contains("holds no tensors but 'net'", Refused(new PyTorchArchive().Op('}').Text("net").Op('}').Op('s')));
        Assert.Contains("holds 'n', which is no tensor", Refused(new PyTorchArchive().Op('}').Op('(').Text("w").Floats(1).Text("n").Op((byte)'K', 1).Op('u')));
        Assert.Contains("holds the tensor 'w' twice", Refused(new PyTorchArchive().Op('}').Op('(').Text("w").Floats(1).Text("w").Floats(1).Op('u')));
        Assert.Contains("members '*/data.pkl'", Refused(new PyTorchArchive { Folder = "x" }.Op('}').Member("b/data.pkl", [])));
        Assert.Contains("byte order is 'big'", Refused(new PyTorchArchive { ByteOrder = "big" }.Op('}')));
    }

    [Fact]
    public void Other_files_are_refused_in_a_sentence()
    {
        Assert.Contains("as PyTorch before 1.6 wrote", Refused([0x80, 2, (byte)'}', (byte)'.']));
        Assert.Contains("does not begin as a zip archive", Refused("{\"a\":1}"u8.ToArray()));
        Assert.Contains("cut short: it has 0 bytes", Refused([]));
        Assert.Contains("is compressed or encrypted", Refused(new PyTorchArchive().Op('}').Member("data/0", [1, 2], method: 8)));
    }

    [Fact]
    public void A_damaged_weight_is_noticed()
    {
        byte[] file = new PyTorchArchive().Op('}').Text("w").Floats(1, 2, 3).Op('s').ToArray();
        file[file.AsSpan().IndexOf(PyTorchArchive.Bytes(2, 3))] ^= 1;
        Assert.Contains("'archive/data/0' does not have the checksum it should", Refused(file));
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        byte[] whole = new PyTorchArchive { HasZip64 = true }.Op('}').Text("w").Floats(1, 2, 3).Op('s').ToArray();
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith($"there is no file {folder["x.pt"]}", Assert.Throws<InputException>(() => PyTorchFile.Read(folder["x.pt"])).Message);
        File.WriteAllBytes(folder["x.pt"], new PyTorchArchive().Op('}').Text("w").Floats(1, 2).Op('s').ToArray());
        Assert.Single(PyTorchFile.Read(folder["x.pt"])).Value.Dispose();
    }

    private static IReadOnlyDictionary<string, Tensor> Read(PyTorchArchive archive)
    {
        using var stream = new MemoryStream(archive.ToArray());
        return PyTorchFile.Read(stream, "file.pt");
    }

    private static string Refused(PyTorchArchive archive) => Refused(archive.ToArray());

    private static string Refused(byte[] file)
    {
        using var scope = NewDisposeScope();
        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using var stream = new MemoryStream(file);
        string message = Assert.Throws<InputException>(() => PyTorchFile.Read(stream, "file.pt")).Message;
        Assert.StartsWith("file.pt: ", message);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        return message;
    }
}
