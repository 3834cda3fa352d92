using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class DistilledTrainingTests
{
    private const int Steps = 10;
    private static readonly MovingShapes Clips = Tiny.Clips();
    private static readonly RandomStream Seed = new(4);
    private static readonly SupernetSettings Settings = SupernetSettings.Default with { Batch = 6, ScoreBatch = 8, WarmUpFraction = 0.2 };

    /// <summary>Were the teacher's probabilities not cut off, the students' losses would add to the gradients of what only the teacher uses.</summary>
    [Fact]
    public void The_first_path_learns_the_labels_and_the_others_its_detached_probabilities_of_the_same_clips()
    {
        using var scope = NewDisposeScope();
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, Settings);
        var paths = Sandwich(0);
        double loss = trainer.TrainDistilled(2, paths);

        using var alone = Tiny.Supernet();
        var batch = new BatchSchedule(Clips, Split.Weights, Settings.Batch, Seed.Derive("weights")).Read(2);
        var clips = ClipTensors.Of(batch, CPU);
        var labels = ClipTensors.Labels(batch, CPU);
        var taught = Tensor(alone, clips, paths[0]).softmax(1).data<float>().ToArray(); // numbers: nothing can flow back through them
        var sum = nn.functional.cross_entropy(alone.Classify(clips, paths[0]), labels, label_smoothing: Settings.LabelSmoothing);
        foreach (var path in paths[1..])
            sum = sum + tensor(taught, [6, 8]).mul(alone.Classify(clips, path).log_softmax(1)).sum().div(-6f);
        sum = sum.div(paths.Length);
        sum.backward();

        Assert.Equal(sum.item<float>(), loss, 1e-5);
        Tiny.AssertClose(Tiny.Gradients(alone), Tiny.Gradients(supernet), 1e-4);
    }

    [Fact]
    public void Loaded_into_a_fresh_trainer_it_goes_on_bit_for_bit()
    {
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, Settings);
        for (int step = 0; step < 3; step++) trainer.TrainDistilled(step, Sandwich(step));
        var saved = trainer.State.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        using var other = Tiny.Supernet(seed: 77);
        using var resumed = Trainer(other, Settings);
        resumed.Load(saved, updates: 3, "checkpoint");
        for (int step = 3; step < 6; step++)
            Assert.Equal(trainer.TrainDistilled(step, Sandwich(step)), resumed.TrainDistilled(step, Sandwich(step)));
        Tiny.AssertSame(State(trainer), State(resumed));
        foreach (var tensor in saved.Values) tensor.Dispose();
    }

    [Fact]
    public void Calibrated_norms_score_the_slices_as_a_network_whose_norms_saw_training_clips()
    {
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, Settings with { HasCalibratedNorms = true });
        for (int step = 0; step < 3; step++) trainer.TrainDistilled(step, Sandwich(step));
        Assert.Equal(24, trainer.CalibrationClips); // all of them: four batches of 6
        var before = State(trainer);
        for (ulong seed = 0; seed < 4; seed++)
        {
            var architecture = Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(seed)));
            using var network = new MoViNet(architecture, NetworkVariant.Causal, 8, new FirstWeights(new RandomStream(seed), ResidualScale: 1));
            supernet.CopyTo(network);
            NormCalibration.Run(network, new BatchSchedule(Clips, Split.Weights, Settings.Batch, Seed.Derive("calibration")), CPU, TestContext.Current.CancellationToken);
            Assert.Equal(Right(network), trainer.ScoreHeldOut(architecture));
            Assert.Equal(trainer.ScoreHeldOut(architecture), trainer.ScoreHeldOut(architecture));
        }

        Tiny.AssertSame(before, State(trainer));
    }

    // Each clip for itself: with running statistics a clip's answer does not depend on its neighbours, so batches do not matter.
    private static double Right(MoViNet network)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var schedule = new BatchSchedule(Clips, Split.Score, 20, new RandomStream(1));
        var batch = schedule.Read(0);
        return ClipTensors.CountRight(network.Classify(ClipTensors.Of(batch, CPU), ForwardMode.Evaluation), ClipTensors.Labels(batch, CPU)) / 20.0;
    }

    private static Tensor Tensor(Supernet supernet, Tensor clips, SubnetPath path)
    {
        using var unrecorded = no_grad();
        return supernet.Classify(clips, path);
    }

    private static SubnetPath[] Sandwich(int step) =>
        [.. new SandwichPaths(Tiny.Space, 4, new RandomStream(3)).Choices(step).Select(choices => SubnetPath.Of(Tiny.Space.Resolve(Tiny.Space.Genotype(choices))))];

    private static SupernetTrainer Trainer(Supernet supernet, SupernetSettings settings) => new(supernet, Clips, settings, Steps, candidates: 4, Seed, CPU);

    private static SortedDictionary<string, float[]> State(SupernetTrainer trainer) =>
        new(trainer.State.ToDictionary(entry => entry.Key, entry => Tiny.Floats(entry.Value)), StringComparer.Ordinal);
}
