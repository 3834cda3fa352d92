using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("base", false)]
    [InlineData("causal", false)]
    [InlineData("stream", true)]
    public void A_network_read_back_gives_the_same_logits_and_the_same_card(string variantName, bool hasEncoding)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var variant = NetworkVariant.ByName[variantName] with { HasPositionalEncoding = hasEncoding };
        using var network = Tiny.Network(variant);
        var clips = ClipTensors.Of(new BatchSchedule(Tiny.Clips(), Split.Test, 5, new RandomStream(1)).Read(0), CPU);
        network.Classify(clips, new ForwardMode(NormMode.Training)); // so that running averages are not 0 and 1
        var card = Card(network);
        string weights = ModelCheckpoint.Save(_folder.Path, network, card);

        foreach (string path in new[] { _folder.Path, weights, _folder["model.json"] })
        {
            var (loaded, readBack) = ModelCheckpoint.Load(path, CPU);
            using var owned = loaded;
            Assert.Equal(Tiny.Floats(network.Classify(clips)), Tiny.Floats(loaded.Classify(clips)));
            Assert.Equal(card.ToJson(), readBack.ToJson());
            Assert.Equal(variant, Assert.IsType<MoViNet>(loaded).Variant);
        }
    }

    [Fact]
    public void Weights_that_are_cut_short_are_refused_wherever_the_cut_is()
    {
        string weights = Save();
        byte[] whole = File.ReadAllBytes(weights);
        foreach (int length in new[] { 0, 7, 8, 100, whole.Length / 2, whole.Length - 4, whole.Length - 1 })
        {
            File.WriteAllBytes(weights, whole[..length]);
            Assert.Contains(weights, Refused());
        }

        File.Delete(weights);
        Assert.Contains($"there is no file {weights}", Refused());
    }

    [Fact]
    public void Garbage_is_refused()
    {
        string weights = Save();
        var random = new RandomStream(8);
        File.WriteAllBytes(weights, [.. Enumerable.Range(0, 4000).Select(_ => (byte)random.Below(256))]);
        Assert.Contains(weights, Refused());
        File.WriteAllText(weights, new string('{', 4000));
        Assert.Contains(weights, Refused());
    }

    [Theory]
    [InlineData("\"name\"", "\"nmae\"", "unknown key 'nmae'; did you mean 'name'?")]
    [InlineData("\"format\": 1", "\"format\": 9", "format must be a whole number from 1 to 1, not 9")]
    [InlineData("\"variant\": \"causal\"", "\"variant\": \"casual\"", "did you mean 'causal'?")]
    [InlineData("\"top1\": 0.5", "\"top1\": 5", "top1 must be a number from 0 to 1, not 5")]
    [InlineData("\"top1\": 0.5,", "", "needs the key 'top1'")]
    [InlineData("{", "", "not valid JSON")]
    public void A_wrong_card_is_refused_with_file_and_line(string part, string instead, string sentence)
    {
        Save();
        string card = _folder["model.json"], text = File.ReadAllText(card);
        int at = text.IndexOf(part, StringComparison.Ordinal);
        File.WriteAllText(card, text.Remove(at, part.Length).Insert(at, instead));
        string message = Refused();
        Assert.StartsWith(card + "(", message);
        Assert.Contains(sentence, message);
    }

    [Fact]
    public void A_card_and_weights_that_do_not_belong_together_are_refused_with_the_tensor()
    {
        string weights = Save();
        string card = _folder["model.json"], text = File.ReadAllText(card);

        // Another class: the classifier has another shape.
        File.WriteAllText(card, text.Replace("\"left\"", "\"left\", \"none\"", StringComparison.Ordinal).Replace("\"classes\": 8", "\"classes\": 9", StringComparison.Ordinal));
        string message = Refused();
        Assert.StartsWith($"{weights}: tensor 'network.head.classifier", message);
        Assert.Contains("has the shape [8", message);

        // A shallower network: the file holds a layer too many.
        using (var shallow = new MoViNet(
            Tiny.Space.Resolve(Tiny.Space.Parse("0:0:0:1:1:0:1:0:2:0:0:0:0:0:1")), NetworkVariant.Causal, 8, new FirstWeights(new RandomStream(1))))
        {
            File.WriteAllText(card, Card(shallow).ToJson());
        }

        message = Refused();
        Assert.StartsWith($"{weights}: there is a tensor 'network.layers.2.", message);
        Assert.Contains("the network of", message);
    }

    [Fact]
    public void A_path_that_is_no_checkpoint_is_named()
    {
        Save();
        Assert.Contains("there is no", Refused(_folder["nothing"])); // not the checkpoint beside it
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains($"{_folder["empty"]} is no checkpoint", Refused(_folder["empty"]));
        Refused("");
    }

    [Theory]
    [InlineData("mobilenetv3-small-tsm", true)]
    [InlineData("x3d-s", false)]
    public void A_comparison_network_comes_back_as_it_was(string name, bool isCausal)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var design = new ComparisonDesign(ComparisonArchitectures.Get(name), isCausal);
        using var network = VideoNetwork.Of(design, 8, new FirstWeights(new RandomStream(2)));
        var clip = ones([1, 3, 2, 32, 32]);
        network.Classify(clip, new ForwardMode(NormMode.Training));
        ModelCheckpoint.Save(_folder.Path, network, Card(network));
        var (loaded, card) = ModelCheckpoint.Load(_folder.Path, CPU);
        using var owned = loaded;
        foreach (var ((key, expected), (_, actual)) in network.state_dict().Zip(loaded.state_dict(), (x, y) => ((x.Key, x.Value), (y.Key, y.Value))))
            Assert.True(expected.Equals(actual), key);
        float[] before = Tiny.Floats(network.Classify(clip)), after = Tiny.Floats(loaded.Classify(clip));
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i], 1e-5f * before.Max(Math.Abs)); // libtorch's large products follow the memory they lie in
        Assert.Equal((name, isCausal), (card.Design.Name, card.Design.CanStream));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_card_of_an_older_format_is_still_read_with_one_head(int format)
    {
        Save();
        string path = _folder["model.json"];
        var card = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        card["format"] = format;
        card.Remove("heads");
        if (format == 1)
        {
            card["variant"] = "causal";
            card["positionalEncoding"] = false;
            card["architecture"] = card["network"]!["architecture"]!.DeepClone();
            card.Remove("network");
        }

        File.WriteAllText(path, card.ToJsonString());
        var (loaded, readBack) = ModelCheckpoint.Load(_folder.Path, CPU);
        using var owned = loaded;
        Assert.Equal(NetworkVariant.Causal, Assert.IsType<MoViNet>(loaded).Variant);
        Assert.Equal([LabelHead.Single(8)], readBack.Heads);
    }

    [Fact]
    public void The_heads_of_a_card_come_back_and_have_all_its_classes()
    {
        LabelHead[] heads = [new("verb", 0, 3, IsMultiLabel: false), new("noun", 3, 5, IsMultiLabel: true)];
        using (var network = Tiny.Network(NetworkVariant.Causal))
            ModelCheckpoint.Save(_folder.Path, network, Card(network) with { Heads = heads });
        var (loaded, card) = ModelCheckpoint.Load(_folder.Path, CPU);
        loaded.Dispose();
        Assert.Equal(heads, card.Heads);
        string path = _folder["model.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"classes\": 5", "\"classes\": 4", StringComparison.Ordinal));
        Assert.Contains("heads must have the 8 classes between them, not 7.", Refused());
    }

    private string Refused(string? path = null) => Assert.Throws<InputException>(() => ModelCheckpoint.Load(path ?? _folder.Path, CPU)).Message;

    private string Save()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        return ModelCheckpoint.Save(_folder.Path, network, Card(network));
    }

    private static ModelCard Card(VideoNetwork network) => new(
        "model-1", network.Design, ["left", "b", "c", "d", "e", "f", "g", "ä \"quoted\""], new InputShape(4, 16, 2), "run-1", null,
        "moving-shapes", "abc", "{ \"a\": 1 }", 0.5, 36);
}
