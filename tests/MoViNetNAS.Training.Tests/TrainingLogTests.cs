using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class TrainingLogTests : IDisposable
{
    private static readonly MovingShapes Clips = Tiny.Clips();
    private static readonly TrainingSettings Settings = TrainingSettings.Default with { Epochs = 6, Batch = 8, EarlyStop = new EarlyStopSettings(2) };
    private static readonly double[] Scores = [0.2, 0.5, 0.4, 0.5, 0.9, 0.9];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_stops_after_the_epochs_of_patience_and_an_equal_score_is_no_better_one()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network);
        Train(trainer, CancellationToken.None);
        Assert.Equal(4, trainer.Log.Epochs.Count);
        Assert.Equal((true, 12L, 2), (trainer.IsStoppedEarly, trainer.UpdatesMade, trainer.Log.Best!.Epoch));
        Assert.All(trainer.Log.Epochs, epoch => Assert.True(epoch.Loss > 0 && epoch.LearningRate > 0 && epoch.Update == 3 * epoch.Epoch));
        trainer.Run(_ => Assert.Fail("an update after the stop"), () => Assert.Fail("an epoch after the stop"), CancellationToken.None);
    }

    [Theory]
    [InlineData(4)] // within an epoch
    [InlineData(6)] // after one
    [InlineData(11)]
    public void A_resumed_training_has_the_same_log_and_stops_at_the_same_epoch(int stoppedAfter)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var whole = Trainer(network);
        Train(whole, CancellationToken.None);

        using var stopped = Tiny.Network(NetworkVariant.Causal);
        using (var trainer = Trainer(stopped))
        using (var stop = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => Train(trainer, stop.Token, update => { if (update == stoppedAfter) stop.Cancel(); }));
            trainer.Save(_folder["training.safetensors"]);
        }

        using var resumed = Trainer(stopped);
        resumed.Load(_folder["training.safetensors"]);
        Train(resumed, CancellationToken.None);
        Assert.Equal(whole.Log.Epochs.Select(epoch => epoch with { Seconds = 0 }), resumed.Log.Epochs.Select(epoch => epoch with { Seconds = 0 }));
        Tiny.AssertSame(Tiny.Values(network), Tiny.Values(stopped));
    }

    [Fact]
    public void An_epoch_that_was_stopped_while_it_was_scored_is_scored_again()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using (var trainer = Trainer(network))
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Run(_ => { }, () => throw new OperationCanceledException(), CancellationToken.None));
            trainer.Save(_folder["training.safetensors"]);
        }

        using var resumed = Trainer(network);
        resumed.Load(_folder["training.safetensors"]);
        Train(resumed, CancellationToken.None);
        Assert.Equal([1, 2, 3, 4], resumed.Log.Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void Without_clips_to_score_it_cannot_stop_early()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        var unscored = new NoiseClips(Clips.Input, 8, 8);
        string message = Assert.Throws<InputException>(() => new NetworkTrainer(network, unscored, Settings, new RandomStream(5), CPU)).Message;
        Assert.Contains("train.earlyStop watches top-1 on the split 'score', of which data set 'noise' has no clips.", message);
    }

    [Fact]
    public void Memory_and_time_of_a_training_are_told()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        var input = new InputShape(Tiny.Frames, Tiny.Resolution);
        long parameters = network.parameters().Sum(parameter => parameter.numel()), averages = network.named_buffers().Sum(entry => entry.buffer.numel());
        var whole = TrainingMemory.Of(network.Design, 8, input, Settings with { AverageDecay = 0.9 });
        Assert.Equal(4 * (4 * parameters + averages + parameters + averages), whole.WeightBytes); // weights, gradients, two moments; the average
        Assert.Equal(5 * 8 * 4 * 16 * 16 * 3, whole.ClipBytes);
        Assert.Equal(whole.ActivationBytes / 4, TrainingMemory.Of(network.Design, 8, input, Settings with { Accumulate = 4 }).ActivationBytes);
        var time = TrainingTime.Measure(network.Design, 8, input, Settings with { Batch = 16 }, CPU, TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.Equal((16, Tiny.Frames, 5), (time.Clips, time.Frames, time.Updates));
        Assert.Equal(1, time.Seconds / time.MeasuredSeconds, 1e-12); // whole batches of whole clips were measured: scaled by 1, but for rounding
    }

    [Fact]
    public void Its_settings_read_back()
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse("""{ "epochs": 3, "earlyStop": { "patience": 4, "metric": "top1" }, "freeze": "backbone", "tensorBoard": true }""")!;
        var settings = ConfigDocument.Load(_folder.Write("train.json", node.ToJsonString()), TrainingSettings.Read);
        Assert.Equal((new EarlyStopSettings(4), FreezeType.Backbone, true), (settings.EarlyStop, settings.Freeze, settings.TensorBoard));
        Assert.Equal(settings, ConfigDocument.Load(_folder.Write("again.json", settings.ToJson().ToJsonString()), TrainingSettings.Read));
    }

    private static NetworkTrainer Trainer(Models.MoViNet network) => new(network, Clips, Settings, new RandomStream(5), CPU);

    private static void Train(NetworkTrainer trainer, CancellationToken cancellation, Action<long>? afterUpdate = null) => trainer.Run(
        report => afterUpdate?.Invoke(report.Update), () => trainer.EndEpoch(Scores[trainer.Log.Epochs.Count], DateTimeOffset.UnixEpoch), cancellation);
}
