using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class NetworkTrainerFaultTests : IDisposable
{
    private static readonly MovingShapes Clips = Tiny.Clips();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => OptimizerCase.Names;

    public void Dispose() => _folder.Dispose();

    // The classifier is poisoned: all norms before it see sound clips and have moved their averages when the loss is known.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_that_is_not_finite_ends_the_training_and_changes_nothing(string name)
    {
        string file = _folder["training.safetensors"];
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings(name));
        SortedDictionary<string, float[]>? before = null, moments = null;
        void Poison(TrainingReport report)
        {
            if (report.Update == 4) trainer.Save(file);
            if (report.Update != 5) return;
            Fill(network, "network.head.classifier.bias", float.NaN);
            (before, moments) = (Tiny.Values(network), Moments(trainer));
        }

        string message = Assert.Throws<MachineException>(() => trainer.Run(Poison, () => { }, CancellationToken.None)).Message;
        Assert.StartsWith("update 6 of 6: the loss is NaN; nothing was changed by it and the training ends here", message);
        Assert.Contains($"the last checkpoint is {file}, after update 4", message);
        Assert.DoesNotContain("   at ", message);
        AssertSameBits(before!, Tiny.Values(network));
        AssertSameBits(moments!, Moments(trainer));
        Assert.Equal(5, trainer.UpdatesMade);
        Assert.Empty(Tiny.Gradients(network));

        // Nor does the poisoned network overwrite the good checkpoint, from which the training goes on.
        message = Assert.Throws<MachineException>(() => trainer.Save(file)).Message;
        Assert.Equal(
            $"after update 5 of 6 the tensor 'network.head.classifier.bias' holds NaN or an infinity; {file} was not written; the last checkpoint is {file}, after update 4.",
            message);
        using var again = Tiny.Network(NetworkVariant.Causal, seed: 99);
        using var second = Trainer(again, Settings(name));
        second.Load(file);
        second.Run(_ => { }, () => { }, CancellationToken.None);
        using var untroubled = Tiny.Network(NetworkVariant.Causal);
        using var whole = Trainer(untroubled, Settings(name));
        whole.Run(_ => { }, () => { }, CancellationToken.None);
        Tiny.AssertSame(Tiny.Values(untroubled), Tiny.Values(again));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_gradient_that_is_not_finite_ends_it_though_the_loss_is_sound(int accumulate)
    {
        using var network = new NormlessNetwork();
        using var trainer = Trainer(network, TrainingSettings.Default with { Epochs = 2, Batch = 8, Accumulate = accumulate, GradientClip = 1, AverageDecay = 0.9 });
        SortedDictionary<string, float[]>? before = null, moments = null;
        void Poison(TrainingReport report)
        {
            if (report.Update != 2) return;
            Fill(network, "trap", 0);
            (before, moments) = (Tiny.Values(network), Moments(trainer));
        }

        string message = Assert.Throws<MachineException>(() => trainer.Run(Poison, () => { }, CancellationToken.None)).Message;
        Assert.StartsWith("update 3 of 6: the gradient of 'trap' is not finite; nothing was changed by it", message);
        AssertSameBits(before!, Tiny.Values(network));
        AssertSameBits(moments!, Moments(trainer));
        Fill(network, "trap", 1); // the cause gone, it goes on
        trainer.Run(_ => { }, () => { }, CancellationToken.None);
        Assert.Equal(6, trainer.UpdatesMade);
    }

    private static TrainingSettings Settings(string name) => TrainingSettings.Default with
    {
        Epochs = 2,
        Batch = 8,
        Accumulate = 2,
        SubclipFrames = 3,
        Optimizer = OptimizerCase.Settings(name),
        AverageDecay = 0.9,
    };

    private static NetworkTrainer Trainer(VideoNetwork network, TrainingSettings settings) =>
        new(network, Clips, settings, new RandomStream(5), CPU);

    private static SortedDictionary<string, float[]> Moments(NetworkTrainer trainer) =>
        new(trainer.Moments.ToDictionary(entry => entry.Key, entry => Tiny.Floats(entry.Value)), StringComparer.Ordinal);

    private static void Fill(nn.Module network, string name, float value)
    {
        using var unrecorded = no_grad();
        network.state_dict()[name].fill_(value);
    }

    // NaN does not equal itself.
    private static void AssertSameBits(SortedDictionary<string, float[]> expected, SortedDictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, values) in expected)
            Assert.True(values.Select(BitConverter.SingleToInt32Bits).SequenceEqual(actual[name].Select(BitConverter.SingleToInt32Bits)), $"{name} differs");
    }
}
