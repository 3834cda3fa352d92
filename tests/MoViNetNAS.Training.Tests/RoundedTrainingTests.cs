using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

/// <summary>Trainings in bfloat16, run here by libtorch on the CPU, which the command line refuses: they learn as in float32, and keep float32.</summary>
public sealed class RoundedTrainingTests
{
    private static readonly MovingShapes Clips = Tiny.Clips();

    private static readonly TrainingSettings Settings = TrainingSettings.Default with
    {
        Epochs = 2,
        Batch = 8,
        Dropout = 0.3,
        StochasticDepth = 0.3,
        WarmUpFraction = 0.2,
        Precision = Precision.BFloat16,
    };

    [Theory]
    [InlineData("causal", Tiny.Frames)]
    [InlineData("stream", 1000)]
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

    [Fact]
    public void The_loss_falls_about_as_far_as_in_float32()
    {
        const int Updates = 24;
        double[] Losses(Precision precision)
        {
            using var network = Tiny.Network(NetworkVariant.Causal);
            using var trainer = Trainer(network, TrainingSettings.Default with
            {
                Epochs = 20,
                Batch = 8,
                SubclipFrames = 2,
                Dropout = 0,
                LearningRate = 0.01,
                Precision = precision,
            });
            return [.. Enumerable.Range(0, Updates).Select(_ => trainer.Update(Batch(0)))];
        }

        double[] exact = Losses(Precision.Float32), rounded = Losses(Precision.BFloat16);
        Assert.Equal(exact[0], rounded[0], 0.01);
        Assert.NotEqual(exact[0], rounded[0]);
        Assert.InRange((rounded[0] - rounded[^1]) / (exact[0] - exact[^1]), 0.9, 1.1);
    }

    [Fact]
    public void Stopped_and_loaded_it_ends_with_the_same_bits_and_every_saved_tensor_is_float32()
    {
        using var folder = new TemporaryFolder();
        var settings = Settings with { SubclipFrames = 3, AverageDecay = 0.9 };
        using var uninterrupted = Tiny.Network(NetworkVariant.Causal);
        using (var trainer = Trainer(uninterrupted, settings)) trainer.Run(_ => { }, () => { }, CancellationToken.None);

        using (var network = Tiny.Network(NetworkVariant.Causal))
        using (var trainer = Trainer(network, settings))
        using (var stop = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Run(report => { if (report.Update == 2) stop.Cancel(); }, () => { }, stop.Token));
            trainer.Save(folder["training.safetensors"]);
            Assert.All(network.state_dict(), entry => Assert.Equal(ScalarType.Float32, entry.Value.dtype));
        }

        foreach (var (name, tensor) in SafetensorsFile.Read(folder["training.safetensors"]).Tensors)
            using (tensor) Assert.True(tensor.dtype == ScalarType.Float32, name);
        using var resumed = Tiny.Network(NetworkVariant.Causal, seed: 99);
        using var second = Trainer(resumed, settings);
        second.Load(folder["training.safetensors"]);
        second.Run(_ => { }, () => { }, CancellationToken.None);
        Tiny.AssertSame(Tiny.Values(uninterrupted), Tiny.Values(resumed));
    }

    [Theory]
    [InlineData(FreezeType.Backbone)]
    [InlineData(FreezeType.AllButClassifier)]
    public void With_a_frozen_part_the_rest_gets_float32_gradients(FreezeType freeze)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings with { Freeze = freeze });
        double loss = trainer.Update(Batch(0));
        Assert.InRange(loss, 0.5, 4);
        var trained = network.named_parameters().Where(entry => entry.parameter.requires_grad).ToList();
        Assert.NotEmpty(trained);
        Assert.All(trained, entry => Assert.Equal(ScalarType.Float32, entry.parameter.grad?.dtype));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_update_leaves_no_tensors_behind(int subclipFrames)
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, Settings with { SubclipFrames = subclipFrames });
        long after2 = 0;
        for (int update = 1; update <= 6; update++)
        {
            trainer.Update(Batch(update));
            if (update == 2) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_step_of_a_supernet_is_near_that_in_float32_and_its_held_out_scores_are_those_of_float32()
    {
        var settings = SupernetSettings.Default with { Batch = 6, ScoreBatch = 8 };
        var paths = Enumerable.Range(0, 2).Select(k => SubnetPath.Of(Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(3).Derive("path", k))))).ToArray();
        (double Loss, double Distilled, double HeldOut, bool IsFloat32) Step(Precision precision)
        {
            using var supernet = Tiny.Supernet();
            using var trainer = new SupernetTrainer(supernet, Clips, settings with { Precision = precision }, steps: 10, candidates: 2, new RandomStream(4), CPU);
            double heldOut = trainer.ScoreHeldOut(paths[0].Architecture);
            Assert.All(trainer.Score(0, paths), quality => Assert.InRange(quality, 0, 1));
            double loss = trainer.Train(0, paths), distilled = trainer.TrainDistilled(1, paths);
            return (loss, distilled, heldOut, supernet.parameters().All(p => p.dtype == ScalarType.Float32 && p.grad?.dtype is null or ScalarType.Float32));
        }

        var (exact, rounded) = (Step(Precision.Float32), Step(Precision.BFloat16));
        Assert.Equal(exact.Loss, rounded.Loss, 0.02);
        Assert.NotEqual(exact.Loss, rounded.Loss);
        Assert.Equal(exact.Distilled, rounded.Distilled, 0.05);
        Assert.Equal(exact.HeldOut, rounded.HeldOut);
        Assert.True(rounded.IsFloat32);
    }

    // By hand: what a norm reads and writes takes two bytes instead of four, the frames four and two, and every weight has a copy of two.
    [Fact]
    public void Activations_take_half_and_weights_a_rounded_copy()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        var input = new InputShape(Tiny.Frames, Tiny.Resolution);
        const long Pixels = 8 * Tiny.Frames * 3 * Tiny.Resolution * Tiny.Resolution;
        var rounded = TrainingMemory.Of(network.Design, 8, input, Settings);
        var exact = TrainingMemory.Of(network.Design, 8, input, Settings with { Precision = Precision.Float32 });
        Assert.Equal((exact.ActivationBytes - 4 * Pixels) / 2 + 6 * Pixels, rounded.ActivationBytes);
        Assert.Equal(exact.WeightBytes + 2 * network.parameters().Sum(parameter => parameter.numel()), rounded.WeightBytes);
        Assert.Equal(exact.ClipBytes, rounded.ClipBytes);
    }

    [Fact]
    public void The_keys_are_written_when_they_say_something_and_read_back()
    {
        Assert.False(TrainingSettings.Default.ToJson().ContainsKey("precision"));
        Assert.False(SupernetSettings.Default.ToJson().ContainsKey("precision"));
        Assert.Equal("bfloat16", (string?)Settings.ToJson()["precision"]);
        Assert.Equal("bfloat16", (string?)(SupernetSettings.Default with { Precision = Precision.BFloat16 }).ToJson()["precision"]);
        using var folder = new TemporaryFolder();
        string Write(string file, string value) => folder.Write(file,
            $$"""
            {
              "format": 1, "name": "t", "network": "a0", "input": { "frames": 4, "resolution": 32 }, "data": { "kind": "moving-shapes" },
              "train": { "precision": "{{value}}" }
            }
            """);
        Assert.Equal(Precision.BFloat16, Experiment.Load(Write("good.json", "bfloat16")).Train.Precision);
        Assert.EndsWith(
            "(3): train.precision must be one of float32, bfloat16, not 'float16'; did you mean 'bfloat16'?",
            Assert.Throws<InputException>(() => Experiment.Load(Write("bad.json", "float16"))).Message.TrimEnd('.'));
    }

    private static NetworkTrainer Trainer(MoViNet network, TrainingSettings settings) => new(network, Clips, settings, new RandomStream(5), CPU);

    private static ClipBatch Batch(int number) => new BatchSchedule(Clips, Split.Weights, 8, new RandomStream(6)).Read(number);
}
