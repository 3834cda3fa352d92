using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class EvaluationTests
{
    private static readonly MovingShapes Clips = Tiny.Clips();
    private static readonly LabelHead Head = LabelHead.Single(Clips.Classes.Count);

    [Theory]
    [InlineData("causal")]
    [InlineData("stream")]
    public void Frame_by_frame_gives_the_predictions_of_the_whole_clip(string variant)
    {
        using var network = Trained(NetworkVariant.ByName[variant]);
        AssertSame(Evaluate(network, Split.Score, 8), Evaluate(network, Split.Score, 8, isFrameByFrame: true));
    }

    [Fact]
    public void Answers_after_every_frame_end_in_those_of_the_clip()
    {
        using var network = Trained(NetworkVariant.Causal);
        var (score, test) = (Say(network, Split.Score, 8, isFrameByFrame: true), Say(network, Split.Test, 3, isFrameByFrame: true));
        var both = new EvaluationResult(score.Plus(test));
        Assert.Equal(Clips.Input.Frames, both.Top1AfterFrame.Count);
        Assert.Equal(both.Top1, both.Top1AfterFrame[^1]);
        for (int t = 0; t < both.Top1AfterFrame.Count; t++)
            Assert.Equal((score.RightAfterFrame[t] + test.RightAfterFrame[t]) / 36.0, both.Top1AfterFrame[t], 1e-12);
        Assert.Empty(Evaluate(network, Split.Score, 8).Top1AfterFrame);
        Assert.Throws<ArgumentException>(() => score.Plus(Say(network, Split.Score, 8)));
    }

    [Fact]
    public void The_batch_size_does_not_change_the_result()
    {
        using var network = Trained(NetworkVariant.Causal);
        var expected = Evaluate(network, Split.Score, 20);
        foreach (int batch in new[] { 1, 7, 1000 })
        {
            AssertSame(expected, Evaluate(network, Split.Score, batch));
            AssertSame(expected, Evaluate(network, Split.Score, batch, isFrameByFrame: true));
        }
    }

    [Fact]
    public void Every_clip_is_counted_once_in_the_row_of_its_class_and_results_add_up()
    {
        using var network = Trained(NetworkVariant.Causal);
        var (score, test) = (Say(network, Split.Score, 8), Say(network, Split.Test, 8));
        var (ofScore, ofTest, ofBoth) = (Confusion(score), Confusion(test), Confusion(score.Plus(test)));
        int classes = Clips.Classes.Count;
        for (int truth = 0; truth < classes; truth++)
        {
            Assert.Equal(Clips.Items(Split.Score).Count(item => item.Labels.Only == truth), ofScore[truth].Sum());
            for (int predicted = 0; predicted < classes; predicted++)
                Assert.Equal(ofScore[truth][predicted] + ofTest[truth][predicted], ofBoth[truth][predicted]);
        }

        var result = new EvaluationResult(score);
        Assert.Equal(20, result.Clips);
        Assert.Equal(Enumerable.Range(0, classes).Sum(label => ofScore[label][label]), result.Right);
        Assert.Equal(result.Right / 20.0, result.Top1);
        Assert.Equal(result.Right + new EvaluationResult(test).Right, new EvaluationResult(score.Plus(test)).Right);
    }

    [Fact]
    public void Two_members_say_the_softmax_of_the_mean_of_their_logits_and_a_member_twice_what_it_says_alone()
    {
        using var a = Trained(NetworkVariant.Causal);
        using var b = Tiny.Network(NetworkVariant.Causal, seed: 9);
        var options = new EvaluationOptions { Batch = 7 };
        Predictions Together(params EvaluationMember[] members) => Evaluation.Of(members, Split.Score, options, CPU, CancellationToken.None);
        var (alone, twice, both) = (Together(Member(a)), Together(Member(a), Member(a)), Together(Member(a), Member(b)));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(alone.Of(i, Head).ToArray(), twice.Of(i, Head).ToArray());
            using var scope = NewDisposeScope();
            var pixels = new byte[ClipBytes];
            Clips.Read(Split.Score, i, null, pixels);
            var clip = ClipTensors.Of(new ClipBatch(pixels, [Clips.Items(Split.Score)[i].Labels], Clips.Input), CPU);
            float[] expected = a.Classify(clip).add(b.Classify(clip)).div(2).softmax(1).data<float>().ToArray();
            foreach (var (want, got) in expected.Zip(both.Of(i, Head).ToArray())) Assert.Equal(want, got, 1e-5f);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_streamed_temporal_ensemble_ends_in_what_it_says_of_the_whole_clip(bool isAlternating)
    {
        using var a = Trained(NetworkVariant.Causal);
        using var b = Tiny.Network(NetworkVariant.Causal, seed: 9);
        var shares = FrameShare.Of(2, isAlternating);
        EvaluationMember[] members = [Member(a) with { Share = shares[0] }, Member(b) with { Share = shares[1] }];
        Predictions Say(bool isFrameByFrame) =>
            Evaluation.Of(members, Split.Score, new EvaluationOptions { IsFrameByFrame = isFrameByFrame }, CPU, CancellationToken.None);
        var (whole, streamed) = (Say(false), Say(true));
        for (int i = 0; i < 20; i++)
            foreach (var (want, got) in whole.Of(i, Head).ToArray().Zip(streamed.Of(i, Head).ToArray())) Assert.Equal(want, got, 1e-5f);
        Assert.Equal(new EvaluationResult(whole).Right, streamed.RightAfterFrame[^1]);
    }

    [Fact]
    public void Members_of_other_clips_and_several_views_of_a_stream_are_refused()
    {
        using var network = Tiny.Network(NetworkVariant.Causal);
        var other = new EvaluationMember(network, new MovingShapes(new MovingShapesOptions { Frames = 4, Resolution = 16, WeightsClips = 8, ScoreClips = 8, TestClips = 8 }));
        Assert.Throws<ArgumentException>(() => Evaluation.Of([Member(network), other], Split.Score, new(), CPU, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => Evaluation.Of([Member(network)], Split.Score, new() { IsFrameByFrame = true, Windows = 2 }, CPU, CancellationToken.None));
    }

    [Fact]
    public void It_leaves_no_tensors_behind_and_the_network_as_it_was()
    {
        using var network = Trained(NetworkVariant.Causal);
        var before = Tiny.Values(network);
        Evaluate(network, Split.Score, 1, isFrameByFrame: true);
        long alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Evaluate(network, Split.Score, 1);
        Evaluate(network, Split.Score, 1, isFrameByFrame: true);
        Assert.Equal(alive, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Tiny.AssertSame(before, Tiny.Values(network));
    }

    // A few updates, so that classes and running averages are not those of a fresh network.
    private static MoViNet Trained(NetworkVariant variant)
    {
        var network = Tiny.Network(variant);
        using var trainer = new NetworkTrainer(network, Clips, TrainingSettings.Default with { Batch = 8, LearningRate = 0.02 }, new RandomStream(2), CPU);
        var schedule = new BatchSchedule(Clips, Split.Weights, 8, new RandomStream(3));
        for (int update = 0; update < 10; update++) trainer.Update(schedule.Read(update));
        return network;
    }

    private static EvaluationResult Evaluate(MoViNet network, Split split, int batch, bool isFrameByFrame = false) =>
        new(Say(network, split, batch, isFrameByFrame));

    private static Predictions Say(MoViNet network, Split split, int batch, bool isFrameByFrame = false) =>
        Evaluation.Of(network, Clips, split, new EvaluationOptions { Batch = batch, IsFrameByFrame = isFrameByFrame }, CPU, CancellationToken.None);

    private static int ClipBytes => Clips.Input.Frames * Clips.Input.Resolution * Clips.Input.Resolution * 3;

    private static EvaluationMember Member(MoViNet network) => new(network, Clips);

    private static IReadOnlyList<IReadOnlyList<int>> Confusion(Predictions said) => new EvaluationResult(said).Heads[0].Confusion();

    private static void AssertSame(EvaluationResult expected, EvaluationResult actual) =>
        Assert.Equal(expected.Heads[0].Confusion(), actual.Heads[0].Confusion());
}
