using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class NetworkTrainerTests
{
    private static readonly MovingShapes Clips = Tiny.Clips();

    private static readonly TrainingSettings Settings = TrainingSettings.Default with
    {
        Epochs = 2,
        Batch = 8,
        Dropout = 0.3,
        StochasticDepth = 0.3,
        GradientClip = 5,
        WarmUpFraction = 0.2,
    };

    [Theory]
    [InlineData("causal", Tiny.Frames)]
    [InlineData("stream", Tiny.Frames)]
    [InlineData("causal", 1000)]
    public void With_one_sub_clip_training_is_that_over_whole_clips_exactly(string variant, int subclipFrames)
    {
        SortedDictionary<string, float[]> After(int frames)
        {
            using var network = Tiny.Network(NetworkVariant.ByName[variant]);
            using var trainer = Trainer(network, Settings with { SubclipFrames = frames });
            for (int update = 0; update < 2; update++) trainer.Update(Batch(update));
            return Tiny.Values(network);
        }

        Tiny.AssertSame(After(0), After(subclipFrames));
    }

    // Each sub-clip's gradient is made by itself, in a network of its own, from a state that no gradient was recorded for.
    [Theory]
    [InlineData("causal", 1)]
    [InlineData("causal", 2)]
    [InlineData("stream", 2)]
    [InlineData("causal", 3)] // does not divide the clip
    public void Gradients_of_sub_clips_add_up_and_none_flows_through_the_buffers(string variantName, int subclipFrames)
    {
        using var scope = NewDisposeScope();
        var variant = NetworkVariant.ByName[variantName];
        var settings = Settings with { SubclipFrames = subclipFrames, Dropout = 0, StochasticDepth = 0, GradientClip = 0 };
        using var network = Tiny.Network(variant);
        using var trainer = Trainer(network, settings);
        double loss = trainer.Update(Batch(0));

        int parts = (Tiny.Frames + subclipFrames - 1) / subclipFrames;
        var clips = ClipTensors.Of(Batch(0), CPU);
        var labels = ClipTensors.Labels(Batch(0), CPU);
        var mode = new ForwardMode(NormMode.Training);
        var sum = new SortedDictionary<string, float[]>(StringComparer.Ordinal);
        double expectedLoss = 0;
        for (int part = 0; part < parts; part++)
        {
            using var alone = Tiny.Network(variant);
            var state = alone.InitialState(8, Tiny.Resolution);
            Tensor Frames(int p) => clips.narrow(2, p * subclipFrames, Math.Min(subclipFrames, Tiny.Frames - p * subclipFrames));
            using (no_grad())
                for (int before = 0; before < part; before++) state = alone.Step(Frames(before), state, mode).Next;
            var (logits, _) = alone.Step(Frames(part), state, mode);
            var partLoss = nn.functional.cross_entropy(logits, labels, label_smoothing: settings.LabelSmoothing) / parts;
            partLoss.backward();
            expectedLoss += partLoss.item<float>();
            foreach (var (name, gradient) in Tiny.Gradients(alone))
                sum[name] = sum.TryGetValue(name, out var others) ? [.. gradient.Zip(others, (a, b) => a + b)] : gradient;
        }

        Assert.Equal(expectedLoss, loss, 1e-5);
        Tiny.AssertClose(sum, Tiny.Gradients(network), 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void Stopped_after_an_update_and_loaded_it_ends_with_the_same_bits(int stoppedAfter)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings with { SubclipFrames = 3 };
        using var uninterrupted = Tiny.Network(NetworkVariant.Causal);
        using (var trainer = Trainer(uninterrupted, settings))
        {
            trainer.Run(_ => { }, () => { }, CancellationToken.None);
            Assert.Equal(6, trainer.UpdatesMade);
        }

        using (var network = Tiny.Network(NetworkVariant.Causal))
        using (var trainer = Trainer(network, settings))
        using (var stop = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Run(report => { if (report.Update == stoppedAfter) stop.Cancel(); }, () => { }, stop.Token));
            Assert.Equal(stoppedAfter, trainer.UpdatesMade);
            trainer.Save(folder["training.safetensors"]);
        }

        using var resumed = Tiny.Network(NetworkVariant.Causal, seed: 99);
        using var second = Trainer(resumed, settings);
        second.Load(folder["training.safetensors"]);
        second.Run(_ => { }, () => { }, CancellationToken.None);
        Tiny.AssertSame(Tiny.Values(uninterrupted), Tiny.Values(resumed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_update_leaves_no_tensors_behind(int subclipFrames)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings with { SubclipFrames = subclipFrames });
        long after2 = 0;
        for (int update = 1; update <= 20; update++)
        {
            trainer.Update(Batch(update));
            if (update == 2) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void The_loss_falls_on_a_batch_that_is_seen_again_and_again()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, TrainingSettings.Default with { Epochs = 20, Batch = 8, SubclipFrames = 2, Dropout = 0, LearningRate = 0.01 });
        double[] losses = [.. Enumerable.Range(0, 40).Select(_ => trainer.Update(Batch(0)))];
        Assert.True(losses[^1] < 0.7 * losses[0], $"{losses[0]} -> {losses[^1]}");
    }

    [Fact]
    public void A_checkpoint_of_something_else_is_refused_with_file_and_tensor()
    {
        using var folder = new TemporaryFolder();
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings);
        var weightsOnly = network.state_dict().Select(entry => new KeyValuePair<string, Tensor>(entry.Key, entry.Value)).ToList();
        SafetensorsFile.Write(folder["weights.safetensors"], weightsOnly, new Dictionary<string, string>());
        string message = Assert.Throws<InputException>(() => trainer.Load(folder["weights.safetensors"])).Message;
        Assert.StartsWith(folder["weights.safetensors"], message);

        trainer.Save(folder["training.safetensors"]);
        var (tensors, metadata) = SafetensorsFile.Read(folder["training.safetensors"]);
        string moment = tensors.Keys.First(key => key.StartsWith("adam.mean.", StringComparison.Ordinal));
        SafetensorsFile.Write(folder["short.safetensors"], [.. tensors.Where(entry => entry.Key != moment)], metadata);
        message = Assert.Throws<InputException>(() => trainer.Load(folder["short.safetensors"])).Message;
        Assert.Contains(folder["short.safetensors"], message);
        Assert.Contains($"'{moment}'", message);
        SafetensorsFile.Write(folder["odd.safetensors"], [.. tensors], new Dictionary<string, string> { ["updates"] = "many" });
        Assert.Contains("'many'", Assert.Throws<InputException>(() => trainer.Load(folder["odd.safetensors"])).Message);
    }

    private static NetworkTrainer Trainer(MoViNet network, TrainingSettings settings) =>
        new(network, Clips, settings, new RandomStream(5), CPU);

    private static ClipBatch Batch(int number) => new BatchSchedule(Clips, Split.Weights, 8, new RandomStream(6)).Read(number);
}
