using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class SupernetTrainerTests
{
    private const int Steps = 10;
    private static readonly MovingShapes Clips = Tiny.Clips();
    private static readonly RandomStream Seed = new(4);
    private static readonly SupernetSettings Settings = SupernetSettings.Default with { Batch = 6, ScoreBatch = 8, WarmUpFraction = 0.2 };

    [Fact]
    public void The_gradient_of_a_step_is_the_mean_of_the_gradients_of_its_paths()
    {
        using var scope = NewDisposeScope();
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, Settings);
        var paths = Paths(0, 3);
        double loss = trainer.Train(0, paths);

        var sum = new SortedDictionary<string, float[]>(StringComparer.Ordinal);
        double expectedLoss = 0;
        var schedule = new BatchSchedule(Clips, Split.Weights, Settings.Batch, Seed.Derive("weights"));
        for (int k = 0; k < 3; k++)
        {
            using var alone = Tiny.Supernet();
            var batch = schedule.Read(k); // each path has a batch of its own
            var pathLoss = nn.functional.cross_entropy(
                alone.Classify(ClipTensors.Of(batch, CPU), paths[k]), ClipTensors.Labels(batch, CPU), label_smoothing: Settings.LabelSmoothing);
            pathLoss.backward();
            expectedLoss += pathLoss.item<float>() / 3;
            foreach (var (name, gradient) in Tiny.Gradients(alone))
                sum[name] = sum.TryGetValue(name, out var others) ? [.. gradient.Zip(others, (a, b) => a / 3 + b)] : [.. gradient.Select(g => g / 3)];
        }

        Assert.Equal(expectedLoss, loss, 1e-5);
        Tiny.AssertClose(sum, Tiny.Gradients(supernet), 1e-4);
    }

    [Theory]
    [InlineData(true, "a search needs exactly one class a clip: the clips of data set 'moving-shapes' have any number of 'class'.")]
    [InlineData(false, "a search needs exactly one class a clip: the clips of data set 'moving-shapes' have one 'left', one 'right'.")]
    public void Clips_of_several_labels_are_refused(bool isMultiLabel, string sentence)
    {
        LabelHead[] heads = isMultiLabel ? [LabelHead.Single(8) with { IsMultiLabel = true }] : [new("left", 0, 4, false), new("right", 4, 4, false)];
        using var supernet = Tiny.Supernet();
        Assert.Equal(sentence, Assert.Throws<InputException>(() =>
            new SupernetTrainer(supernet, new OtherHeads(Clips, heads), Settings, Steps, candidates: 2, Seed, CPU)).Message);
    }

    [Fact]
    public void Scoring_changes_neither_weights_nor_moments()
    {
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, Settings);
        trainer.Train(0, Paths(0, 2));
        var before = State(trainer);
        trainer.Score(0, Paths(0, 2));
        trainer.ScoreHeldOut(Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(1))));
        Tiny.AssertSame(before, State(trainer));
    }

    [Fact]
    public void A_score_is_a_function_of_weights_and_step_whatever_was_scored_before()
    {
        using var supernet = Tiny.Supernet();
        var paths = Paths(3, 12);
        IReadOnlyList<double> Fresh(int step)
        {
            using var trainer = Trainer(supernet, Settings);
            return trainer.Score(step, paths);
        }

        using var used = Trainer(supernet, Settings);
        var byStep = Enumerable.Range(0, 5).Select(step => used.Score(step, paths)).ToArray();
        for (int step = 0; step < 5; step++) Assert.Equal(Fresh(step), byStep[step]);
        foreach (int step in new[] { 3, 3, 1, 4 }) Assert.Equal(byStep[step], used.Score(step, paths));
        Assert.Contains(byStep, scores => !scores.SequenceEqual(byStep[0])); // other steps have other clips
    }

    // 20 clips: batches of 8 leave 4 over, of 5 none, and of 64 are the whole split.
    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(64)]
    public void The_held_out_score_counts_every_clip_exactly_once(int batch)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, Settings with { ScoreBatch = batch });
        int size = Math.Min(batch, trainer.HeldOutClips);
        var schedule = new BatchSchedule(Clips, Split.Score, size, Seed.Derive("held-out"));
        for (int a = 0; a < 3; a++)
        {
            var architecture = Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream((ulong)a)));
            var counted = new HashSet<int>();
            int right = 0;
            for (int number = 0; counted.Count < trainer.HeldOutClips; number++)
            {
                var clips = schedule.Read(number);
                int[] indices = schedule.Indices(number);
                long[] predicted = supernet.Classify(ClipTensors.Of(clips, CPU), SubnetPath.Of(architecture)).argmax(1).data<long>().ToArray();
                for (int i = 0; i < size; i++)
                    if (counted.Add(indices[i]) && predicted[i] == clips.Labels[i].Only) right++;
            }

            Assert.Equal((double)right / 20, trainer.ScoreHeldOut(architecture));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loaded_into_a_fresh_trainer_it_goes_on_bit_for_bit(bool skipsUnused)
    {
        var settings = Settings with { SkipsUnused = skipsUnused };
        using var supernet = Tiny.Supernet();
        using var trainer = Trainer(supernet, settings);
        for (int step = 0; step < 3; step++) trainer.Train(step, Paths(step, 1)); // one path a step: much stays unused
        var saved = trainer.State.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());

        using var other = Tiny.Supernet(seed: 77);
        using var resumed = Trainer(other, settings);
        resumed.Load(saved, updates: 3, "checkpoint");
        for (int step = 3; step < 6; step++)
        {
            trainer.Train(step, Paths(step, 1));
            resumed.Train(step, Paths(step, 1));
            Assert.Equal(trainer.Score(step, Paths(step, 2)), resumed.Score(step, Paths(step, 2)));
        }

        Tiny.AssertSame(State(trainer), State(resumed));
        foreach (var tensor in saved.Values) tensor.Dispose();
    }

    private static SupernetTrainer Trainer(Supernet supernet, SupernetSettings settings) => new(supernet, Clips, settings, Steps, candidates: 4, Seed, CPU);

    private static SubnetPath[] Paths(int step, int count) =>
        [.. Enumerable.Range(0, count).Select(k => SubnetPath.Of(Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(9).Derive("path", step, k)))))];

    private static SortedDictionary<string, float[]> State(SupernetTrainer trainer) =>
        new(trainer.State.ToDictionary(entry => entry.Key, entry => Tiny.Floats(entry.Value)), StringComparer.Ordinal);
}
