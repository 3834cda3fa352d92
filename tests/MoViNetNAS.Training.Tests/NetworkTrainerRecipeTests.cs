using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class NetworkTrainerRecipeTests
{
    private static readonly MovingShapes Clips = Tiny.Clips();

    // All that can be on, at once.
    private static readonly TrainingSettings Settings = TrainingSettings.Default with
    {
        Epochs = 2,
        Batch = 8,
        Accumulate = 3, // parts of 2, 3 and 3 clips
        SubclipFrames = 3,
        Schedule = RateScheduleType.CosineThroughout,
        WarmUpFraction = 0.2,
        LearningRate = 0.05,
        WeightDecay = 1e-3,
        Dropout = 0.3,
        StochasticDepth = 0.3,
        GradientClip = 5,
        GradientClipEach = 1,
        AverageDecay = 0.9,
    };

    public static TheoryData<string> Names => OptimizerCase.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Stopped_and_loaded_it_ends_with_the_same_bits(string name)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings with { Optimizer = OptimizerCase.Settings(name) };
        using var uninterrupted = Tiny.Network(NetworkVariant.Causal);
        using var whole = Trainer(uninterrupted, settings);
        whole.Run(_ => { }, () => { }, CancellationToken.None);
        Assert.Equal(6, whole.UpdatesMade);

        using (var network = Tiny.Network(NetworkVariant.Causal))
        using (var trainer = Trainer(network, settings))
        using (var stop = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Run(report => { if (report.Update == 4) stop.Cancel(); }, () => { }, stop.Token));
            trainer.Save(folder["training.safetensors"]);
        }

        using var resumed = Tiny.Network(NetworkVariant.Causal, seed: 99);
        using var second = Trainer(resumed, settings);
        second.Load(folder["training.safetensors"]);
        second.Run(_ => { }, () => { }, CancellationToken.None);
        Tiny.AssertSame(Tiny.Values(uninterrupted), Tiny.Values(resumed));
        using (whole.UseAverage())
        using (second.UseAverage())
            Tiny.AssertSame(Tiny.Values(uninterrupted), Tiny.Values(resumed));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)] // does not divide 8
    [InlineData(8, false)]
    [InlineData(3, true)]
    public void Without_norms_parts_of_a_batch_give_the_gradients_of_the_whole(int parts, bool isMultiLabel)
    {
        var clips = new OtherHeads(Clips, [LabelHead.Single(8) with { IsMultiLabel = isMultiLabel }]);
        (SortedDictionary<string, float[]>, double) After(int accumulate)
        {
            using var network = new NormlessNetwork();
            using var trainer = new NetworkTrainer(network, clips, TrainingSettings.Default with { Batch = 8, Accumulate = accumulate }, new RandomStream(5), CPU);
            double loss = trainer.Update(Batch(0));
            return (Tiny.Gradients(network), loss);
        }

        var (whole, wholeLoss) = After(1);
        var (summed, summedLoss) = After(parts);
        Assert.Equal(2, whole.Count);
        Tiny.AssertClose(whole, summed, 1e-5); // another order of sums
        Assert.Equal(wholeLoss, summedLoss, 1e-6);
    }

    // Norms see a part only. Two parts of the same clips have the statistics of the batch; other parts have not.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_norms_parts_give_the_gradients_of_the_whole_where_their_statistics_are_the_same(bool isTwice)
    {
        var batch = isTwice ? Twice(Batch(0)) : Batch(0);
        SortedDictionary<string, float[]> After(int accumulate)
        {
            using var network = Tiny.Network(NetworkVariant.Causal);
            using var trainer = Trainer(network, TrainingSettings.Default with { Batch = 8, Accumulate = accumulate, Dropout = 0 });
            trainer.Update(batch);
            return Tiny.Gradients(network);
        }

        var (whole, summed) = (After(1), After(2));
        if (isTwice) Tiny.AssertClose(whole, summed, 1e-3);
        else Assert.ThrowsAny<Exception>(() => Tiny.AssertClose(whole, summed, 1e-3));
    }

    [Fact]
    public void The_average_is_that_of_weights_and_running_averages_after_every_update()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings with { AverageDecay = 0.3 });
        var expected = Tiny.Values(network).ToDictionary(entry => entry.Key, entry => entry.Value.Select(value => (double)value).ToArray());
        for (int update = 1; update <= 4; update++)
        {
            trainer.Update(Batch(update));
            double decay = Math.Min(0.3, (1.0 + update) / (10 + update)); // 2/11, 3/12, 4/13 > 0.3
            foreach (var (name, values) in Tiny.Values(network))
                expected[name] = [.. expected[name].Zip(values, (average, value) => decay * average + (1 - decay) * value)];
        }

        var trained = Tiny.Values(network);
        Assert.Contains(trained.Keys, key => key.EndsWith("runningVariance", StringComparison.Ordinal));
        using (trainer.UseAverage())
        {
            var averaged = Tiny.Values(network);
            foreach (var (name, values) in expected) Assert.All(values.Zip(averaged[name]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            Assert.NotEqual(trained["network.head.norm.runningMean"], averaged["network.head.norm.runningMean"]);
            Assert.Throws<InvalidOperationException>(() => trainer.UseAverage());
            Assert.Throws<InvalidOperationException>(() => trainer.Update(Batch(9)));
            Assert.Throws<InvalidOperationException>(() => trainer.Save("x"));
        }

        Tiny.AssertSame(trained, Tiny.Values(network));
    }

    [Fact]
    public void Without_an_average_the_weights_stay_in_use()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, TrainingSettings.Default);
        var before = Tiny.Values(network);
        using (trainer.UseAverage()) Tiny.AssertSame(before, Tiny.Values(network));
    }

    [Fact]
    public void The_average_has_no_part_in_the_training()
    {
        SortedDictionary<string, float[]> After(double averageDecay)
        {
            using var network = Tiny.Network(NetworkVariant.Causal);
            using var trainer = Trainer(network, Settings with { AverageDecay = averageDecay });
            for (int update = 0; update < 3; update++) trainer.Update(Batch(update));
            return Tiny.Values(network);
        }

        Tiny.AssertSame(After(0), After(0.99));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_optimizer_learns_a_batch_that_is_seen_again_and_again(string name)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        double rate = name == "adamw" ? 0.01 : 0.1;
        using var trainer = Trainer(network, Settings with { Optimizer = OptimizerCase.Settings(name), Epochs = 20, Accumulate = 1, Dropout = 0, StochasticDepth = 0, LearningRate = rate });
        double[] losses = [.. Enumerable.Range(0, 40).Select(_ => trainer.Update(Batch(0)))];
        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} -> {losses[^1]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_leaves_no_tensors_behind(string name)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings with { Optimizer = OptimizerCase.Settings(name), Epochs = 20 });
        long after2 = 0;
        for (int update = 1; update <= 20; update++)
        {
            trainer.Update(Batch(update));
            trainer.UseAverage().Dispose();
            if (update == 2) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static NetworkTrainer Trainer(VideoNetwork network, TrainingSettings settings) =>
        new(network, Clips, settings, new RandomStream(5), CPU);

    private static ClipBatch Batch(int number) => new BatchSchedule(Clips, Split.Weights, 8, new RandomStream(6)).Read(number);

    private static ClipBatch Twice(ClipBatch batch)
    {
        byte[] half = batch.Pixels[..(batch.Pixels.Length / 2)];
        LabelSet[] labels = batch.Labels[..4];
        return batch with { Pixels = [.. half, .. half], Labels = [.. labels, .. labels] };
    }
}
