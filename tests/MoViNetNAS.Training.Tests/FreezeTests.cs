using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class FreezeTests
{
    private static readonly MovingShapes Clips = Tiny.Clips();

    [Theory]
    [InlineData(FreezeType.Backbone, 0)]
    [InlineData(FreezeType.Backbone, 3)]
    [InlineData(FreezeType.AllButClassifier, 0)]
    public void What_is_frozen_stays_the_same_bits_and_the_rest_moves(FreezeType freeze, int subclipFrames)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        var before = Tiny.Values(network);
        var settings = TrainingSettings.Default with
        {
            Epochs = 2,
            Batch = 8,
            SubclipFrames = subclipFrames,
            Optimizer = new RmsPropSettings(),
            WeightDecay = 0.01,
            AverageDecay = 0.9,
            StochasticDepth = 0.2,
            Freeze = freeze,
        };
        using var trainer = new NetworkTrainer(network, Clips, settings, new RandomStream(5), CPU);
        trainer.Run(_ => { }, () => { }, CancellationToken.None);
        AssertMoved(before, Tiny.Values(network), freeze);
        using (trainer.UseAverage()) AssertMoved(before, Tiny.Values(network), freeze);
    }

    [Fact]
    public void A_comparison_network_freezes_the_same_parts()
    {
        using var network = VideoNetwork.Of(NamedNetworks.Get("mobilenetv3-small", NetworkVariant.Causal), 8, new FirstWeights(new RandomStream(1)));
        string[] Moving(FreezeType freeze) => [.. network.state_dict().Keys.Where(name => !FrozenParts.Contains(freeze, name))];
        Assert.Equal(["head.classifier.weight", "head.classifier.bias"], Moving(FreezeType.AllButClassifier));
        Assert.Contains(Moving(FreezeType.Backbone), name => name.StartsWith("head.hidden.", StringComparison.Ordinal));
        Assert.DoesNotContain(Moving(FreezeType.Backbone), name => name.Contains("running", StringComparison.Ordinal));
    }

    [Fact]
    public void Calibrated_norms_have_the_mean_statistics_of_the_batches()
    {
        using var scope = NewDisposeScope();
        using var network = Tiny.Network(NetworkVariant.Causal);
        var schedule = new BatchSchedule(Clips, Split.Weights, 24, new RandomStream(3));
        NormCalibration.Run(network, schedule, CPU, CancellationToken.None);
        // One batch: what the statistics of the batch give and what the averages give is then the same.
        using var unrecorded = no_grad();
        var clips = ClipTensors.Of(schedule.Read(0), CPU);
        float[] byBatch = Tiny.Floats(network.Classify(clips, ForwardMode.Batch)), byAverages = Tiny.Floats(network.Classify(clips));
        for (int i = 0; i < byBatch.Length; i++) Assert.Equal(byBatch[i], byAverages[i], 1e-4f);
    }

    private static void AssertMoved(SortedDictionary<string, float[]> before, SortedDictionary<string, float[]> after, FreezeType freeze)
    {
        Assert.Equal(before.Keys, after.Keys);
        string[] still = [.. before.Keys.Where(name => before[name].AsSpan().SequenceEqual(after[name]))];
        Assert.Equal(before.Keys.Where(name => FrozenParts.Contains(freeze, name)), still);
        Assert.Equal(freeze == FreezeType.Backbone ? 4 : 2, before.Count - still.Length);
    }
}
