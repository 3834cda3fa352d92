using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class ClipChoiceTests
{
    [Fact]
    public void Frames_are_every_second_one_around_the_middle()
    {
        using var scope = NewDisposeScope();
        // Frame t holds t in every pixel.
        var clips = arange(9, dtype: ScalarType.Float32).reshape(1, 1, 9, 1, 1).expand(2, 3, 9, 8, 8);
        float[] Times(InputShape to)
        {
            var chosen = ClipChoice.Of(clips, new InputShape(9, 8, 2), to);
            Assert.Equal([2, 3, to.Frames, 8, 8], chosen.shape);
            return [.. chosen.select(0, 1).select(0, 2).select(1, 3).select(1, 5).contiguous().data<float>()];
        }

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], Times(new InputShape(9, 8, 2)));
        Assert.Equal([0, 2, 4, 6, 8], Times(new InputShape(5, 8, 4)));
        Assert.Equal([1, 4, 7], Times(new InputShape(3, 8, 6)));
        Assert.Equal([3, 4, 5], Times(new InputShape(3, 8, 2)));
        Assert.Equal([4], Times(new InputShape(1, 8, 2)));
    }

    [Fact]
    public void Pixels_are_means_over_areas()
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(3);
        var clips = rand([2, 5, 12, 12, 3], generator: generator).permute(0, 4, 1, 2, 3);
        var half = ClipChoice.Of(clips, new InputShape(5, 12), new InputShape(2, 6, 2));
        Assert.Equal([2, 3, 2, 6, 6], half.shape);
        Assert.True(half.permute(0, 2, 3, 4, 1).is_contiguous()); // channels last, as the kernels take them
        foreach (var (b, c, t, y, x) in new[] { (0, 0, 0, 0, 0), (1, 2, 1, 5, 3), (0, 1, 1, 2, 4) })
        {
            float expected = 0;
            for (int dy = 0; dy < 2; dy++)
                for (int dx = 0; dx < 2; dx++) expected += clips[b, c, 1 + 2 * t, 2 * y + dy, 2 * x + dx].item<float>() / 4;
            Assert.Equal(expected, half[b, c, t, y, x].item<float>(), 1e-6f);
        }

        // Areas that do not divide: a constant stays one, and the mean of all is close.
        var odd = ClipChoice.Of(ones([1, 3, 2, 12, 12]), new InputShape(2, 12), new InputShape(2, 9));
        Assert.Equal(1, odd.min().item<float>(), 1e-6f);
        Assert.Equal(1, odd.max().item<float>(), 1e-6f);
    }

    [Fact]
    public void What_is_not_in_the_clip_is_refused()
    {
        using var scope = NewDisposeScope();
        var clips = zeros([1, 3, 5, 8, 8]);
        foreach (var to in new[] { new InputShape(6, 8, 2), new InputShape(3, 8, 3), new InputShape(3, 9, 2), new InputShape(4, 8, 4), new InputShape(5, 8, 1) })
            Assert.Throws<ArgumentException>(() => ClipChoice.Of(clips, new InputShape(5, 8, 2), to));
    }

    [Fact]
    public void Nothing_leaks_and_the_clips_stay()
    {
        using var outer = NewDisposeScope();
        var clips = rand([2, 3, 7, 16, 16]);
        var from = new InputShape(7, 16);
        long Live()
        {
            foreach (var to in new[] { from, new InputShape(4, 16, 2), new InputShape(4, 12, 2) })
                ClipChoice.Of(clips, from, to).Dispose();
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        long first = Live();
        for (int i = 0; i < 10; i++) Assert.Equal(first, Live());
        Assert.False(clips.IsInvalid);
    }

    [Fact]
    public void A_supernet_scores_each_architecture_at_its_own_input()
    {
        var space = SpaceFile.Parse("mini.json", Tiny.SpaceText.Replace("\"frames\": 4, \"resolution\": 16", "\"frames\": [2, 4], \"resolution\": [12, 16], \"frameStride\": [1, 2]"));
        var clips = new MoViNetNAS.Data.MovingShapes(new MoViNetNAS.Data.MovingShapesOptions
        {
            Frames = space.Definition.Input.Frames,
            Resolution = space.Definition.Input.Resolution,
            WeightsClips = 16,
            ScoreClips = 16,
            TestClips = 16,
        });
        using var supernet = new Supernet(space, NetworkVariant.Causal, 8, new FirstWeights(new RandomStream(1), ResidualScale: 1));
        using var trainer = new SupernetTrainer(supernet, clips, SupernetSettings.Default with { Batch = 4, ScoreBatch = 16 }, steps: 4, candidates: 2, new RandomStream(2), CPU);
        int[] choices = [.. space.Decisions.Select(decision => decision.LargestOption)];
        var paths = new List<SubnetPath>();
        for (int option = 0; option < 8; option++)
        {
            (choices[0], choices[1], choices[2]) = (option & 1, option >> 1 & 1, option >> 2);
            paths.Add(SubnetPath.Of(space.Resolve(space.Genotype(choices))));
        }

        double loss = trainer.Train(0, [paths[0], paths[7]]);
        Assert.True(double.IsFinite(loss));
        double[] scores = [.. trainer.Score(0, paths)];

        // By hand, at the resized clips.
        var batch = new MoViNetNAS.Data.BatchSchedule(clips, MoViNetNAS.Data.Split.Score, 16, new RandomStream(2).Derive("score")).Read(0);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        for (int i = 0; i < paths.Count; i++)
        {
            var chosen = ClipChoice.Of(ClipTensors.Of(batch, CPU), clips.Input, paths[i].Architecture.Input);
            Assert.Equal(paths[i].Architecture.Input.Resolution, chosen.shape[4]);
            Assert.Equal(ClipTensors.CountRight(supernet.Classify(chosen, paths[i]), ClipTensors.Labels(batch, CPU)) / 16.0, scores[i]);
        }
    }
}
