using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Weights of the PyTorch port go in and out of a network without losing a bit, or are refused with every reason at once.</summary>
public sealed class PortWeightsTests : IDisposable
{
    private const int Classes = 5;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    public static TheoryData<string, string, PortLayout> Networks => new()
    {
        { "a0", "base", PortLayout.Conv3d },
        { "a0", "causal", PortLayout.Conv3d },
        { "a0", "stream", PortLayout.Conv2d },
        { "a0", "stream", PortLayout.Conv3d },
        { "a3", "base", PortLayout.Conv3d },
        { "a3", "stream", PortLayout.Conv2d },
        { "a3", "stream", PortLayout.Conv3d },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Import_export_and_import_give_the_same_bytes(string model, string variant, PortLayout layout)
    {
        string file = _folder["port.safetensors"];
        var given = RuleFill.Tensors(ReleasedArchitectures.Get(model), Variant(model, variant), Classes, layout);
        using var first = Network(model, variant);
        using var second = Network(model, variant, seed: 2);
        var report = PortWeights.Import(first, given.ToDictionary(), "rule");
        Assert.Equal(layout, report.Layout);
        Assert.True(report.IsComplete);
        Assert.Equal(given.Select(entry => entry.Key), report.Keys.Select(key => key.Name));
        Assert.Equal(first.state_dict().Count, report.Count(PortKeyState.Used));
        Assert.Equal(given.Count(entry => entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)), report.Count(PortKeyState.Ignored));

        SafetensorsFile.Write(file, PortWeights.Export(first, layout), new Dictionary<string, string>());
        var (read, _) = SafetensorsFile.Read(file);
        Assert.Equal(given.Select(entry => entry.Key), read.Keys);
        foreach (var (key, tensor) in given)
        {
            Assert.Equal(tensor.shape, read[key].shape);
            Assert.Equal(tensor.dtype, read[key].dtype);
            Assert.Equal(tensor.bytes.ToArray(), read[key].bytes.ToArray());
        }

        PortWeights.Import(second, read, file);
        var expected = first.state_dict();
        foreach (var (name, tensor) in second.state_dict()) Assert.Equal(expected[name].bytes.ToArray(), tensor.bytes.ToArray());
        foreach (var tensor in given.Select(entry => entry.Value).Concat(read.Values)) tensor.Dispose();
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_released_network_is_recognised(string model, string variant, PortLayout layout)
    {
        var tensors = RuleFill.Tensors(ReleasedArchitectures.Get(model), Variant(model, variant), 7, layout).ToDictionary();
        var found = PortModel.Recognise(tensors, "x");
        Assert.Equal((model, 7, layout), (found.Architecture.Name, found.Classes, found.Layout));
        Assert.Equal(variant == "causal" ? NetworkVariant.Base : Variant(model, variant), found.Variant);

        tensors["conv1.conv_1.norm.weight"] = zeros(9);
        Assert.Contains(
            $"the nearest is {model} ({found.Variant.Name}, 7 classes), from which 1 of {tensors.Keys.Count(key => !key.EndsWith("tracked", StringComparison.Ordinal))} keys differ, first 'conv1.conv_1.norm.weight', which is [9] and not",
            Assert.Throws<InputException>(() => PortModel.Recognise(tensors, "x")).Message);
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    [Fact]
    public void What_is_no_state_dict_of_the_port_is_not_recognised() => Assert.StartsWith(
        "x: no state dict of the PyTorch port: there is no 'classifier.3.conv_1.conv3d.weight' or 'classifier.3.conv_1.conv2d.weight'; it holds 'a'.",
        Assert.Throws<InputException>(() => PortModel.Recognise(new Dictionary<string, Tensor> { ["a"] = zeros(1) }, "x")).Message);

    [Fact]
    public void All_faults_are_named_in_one_message_and_nothing_is_copied()
    {
        var tensors = Rule("a0", "base");
        tensors.Remove("conv7.conv_1.conv3d.weight");
        tensors["conv7.conv_1.conv3d.wieght"] = zeros(1);
        tensors["conv1.conv_1.norm.bias"] = zeros(9);
        tensors["classifier.0.conv_1.conv3d.bias"] = zeros(2048, dtype: int64);
        tensors["blocks.b0_l0.alpha"] = tensor(float.NaN);
        tensors["blocks.b0_l0.deep.conv_1.norm.running_var"] = full(24, -1f);
        tensors["other.num_batches_tracked"] = zeros(1);
        using var network = Network("a0", "base");
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        string message = Assert.Throws<InputException>(() => PortWeights.Import(network, tensors, "x.pt")).Message;
        Assert.Equal(
            "x.pt: the weights do not fit the network, nothing was taken: " +
            "'conv1.conv_1.norm.bias' has the shape [9], here it is [8]; " +
            "'blocks.b0_l0.alpha' holds NaN at 0; only finite float32 numbers are taken; " +
            "'blocks.b0_l0.deep.conv_1.norm.running_var' holds -1 at 0; a variance is 0 or more; " +
            "'conv7.conv_1.conv3d.weight' is missing (did you mean 'conv7.conv_1.conv3d.wieght'?); " +
            "'classifier.0.conv_1.conv3d.bias' is Int64; Float32, Float64, Float16 and BFloat16 are taken; " +
            "'conv7.conv_1.conv3d.wieght' is not of this network (did you mean 'conv7.conv_1.conv3d.weight'?).",
            message);
        foreach (var (name, tensor) in network.state_dict()) Assert.Equal(before[name].bytes.ToArray(), tensor.bytes.ToArray());
    }

    [Fact]
    public void Many_faults_are_counted()
    {
        using var network = Network("a0", "base");
        string message = Assert.Throws<InputException>(() => PortWeights.Import(network, new Dictionary<string, Tensor>(), "x")).Message;
        Assert.EndsWith($"; and {network.state_dict().Count - 20} more.", message);
        using var stream = Network("a0", "stream");
        Assert.Contains("holds a stream network", Assert.Throws<InputException>(() => PortWeights.Import(network, Rule("a0", "stream"), "x")).Message);
    }

    [Fact]
    public void Other_floating_point_types_are_converted_and_reported()
    {
        var tensors = Rule("a0", "base");
        var expected = tensors["conv1.conv_1.norm.bias"].to(float16).to(float32);
        tensors["conv1.conv_1.norm.bias"] = expected.to(float16);
        tensors["conv1.conv_1.norm.weight"] = tensors["conv1.conv_1.norm.weight"].to(float64);
        using var network = Network("a0", "base");
        var report = PortWeights.Import(network, tensors, "x");
        Assert.Equal(2, report.Count(PortKeyState.Converted));
        Assert.Equal("was converted from Float16 to Float32", report.Keys.Single(key => key.Name == "conv1.conv_1.norm.bias").Note);
        Assert.Equal(expected.bytes.ToArray(), network.state_dict()["network.stem.norm.shift"].bytes.ToArray());

        tensors["conv1.conv_1.norm.weight"] = full(8, 1e300, dtype: float64);
        Assert.False(PortWeights.Check(network, tensors).IsComplete); // no float32
    }

    [Fact]
    public void Every_weight_of_a_network_has_one_key_even_without_squeeze_excite()
    {
        var released = ReleasedArchitectures.Get("t0");
        // Every kernel of the family, squeeze-excite on and off by turns.
        var kernels = KernelShape.All;
        var architecture = released with
        {
            Blocks = [.. released.Blocks.Select((block, b) => block with
            {
                Layers = [.. block.Layers.Select((layer, l) => layer with { Kernel = kernels[(3 * b + l) % kernels.Count], HasSqueezeExcite = (b + l) % 2 == 0 })],
            })],
        };
        foreach (var variant in NetworkVariant.ByName.Values.Append(ReleasedArchitectures.StreamVariant("a3")))
        {
            using var network = new MoViNet(architecture, variant, Classes, new FirstWeights(new RandomStream(3)));
            var names = PortNames.Of(architecture, variant, Classes, PortNames.UsualLayout(variant)).Where(entry => !entry.IsCounter).ToDictionary(entry => entry.Name!);
            Assert.Equal(network.state_dict().Keys.Order(StringComparer.Ordinal), names.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, tensor) in network.state_dict()) Assert.Equal(tensor.numel(), names[name].Shape.Aggregate(1L, (product, size) => product * size));
        }
    }

    [Fact]
    public void Kernels_over_space_and_time_have_five_axes_only() => Assert.Throws<ArgumentException>(() =>
        PortNames.Of(ReleasedArchitectures.Get("a0"), NetworkVariant.Base, Classes, PortLayout.Conv2d));

    private static NetworkVariant Variant(string model, string variant) =>
        variant == "stream" ? ReleasedArchitectures.StreamVariant(model) : NetworkVariant.ByName[variant];

    private static MoViNet Network(string model, string variant, ulong seed = 1) =>
        new(ReleasedArchitectures.Get(model), Variant(model, variant), Classes, new FirstWeights(new RandomStream(seed)));

    private static Dictionary<string, Tensor> Rule(string model, string variant)
    {
        var kind = Variant(model, variant);
        var rule = RuleFill.Tensors(ReleasedArchitectures.Get(model), kind, Classes, PortNames.UsualLayout(kind));
        return rule.ToDictionary(entry => entry.Key, entry => entry.Value.AttachToScope());
    }
}

file static class Attaching
{
    public static Tensor AttachToScope(this Tensor tensor)
    {
        var alias = tensor.alias();
        tensor.Dispose();
        return alias;
    }
}
