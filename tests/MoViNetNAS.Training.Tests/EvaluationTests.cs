using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class EvaluationTests
{
    private static readonly MovingShapes Clips = Tiny.Clips();

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
        var (score, test) = (Evaluate(network, Split.Score, 8, isFrameByFrame: true), Evaluate(network, Split.Test, 3, isFrameByFrame: true));
        var both = score.Plus(test);
        Assert.Equal(Clips.Input.Frames, both.Top1AfterFrame.Count);
        Assert.Equal(both.Top1, both.Top1AfterFrame[^1]);
        for (int t = 0; t < both.Top1AfterFrame.Count; t++)
            Assert.Equal((20 * score.Top1AfterFrame[t] + 16 * test.Top1AfterFrame[t]) / 36, both.Top1AfterFrame[t], 1e-12);
        Assert.Empty(Evaluate(network, Split.Score, 8).Top1AfterFrame);
        Assert.Throws<ArgumentException>(() => both.Plus(Evaluate(network, Split.Score, 8)));

        var ofClasses = Enumerable.Range(0, Clips.Classes.Count)
            .Select(c => (Right: both.Confused(c, c), All: Enumerable.Range(0, Clips.Classes.Count).Sum(p => both.Confused(c, p)))).Where(one => one.All > 0);
        Assert.Equal(ofClasses.Average(one => (double)one.Right / one.All), both.MeanClassAccuracy, 1e-12);
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
        var (score, test) = (Evaluate(network, Split.Score, 8), Evaluate(network, Split.Test, 8));
        int classes = Clips.Classes.Count;
        for (int truth = 0; truth < classes; truth++)
        {
            Assert.Equal(Clips.Items(Split.Score).Count(item => item.Labels.Only == truth), Enumerable.Range(0, classes).Sum(predicted => score.Confused(truth, predicted)));
            for (int predicted = 0; predicted < classes; predicted++)
                Assert.Equal(score.Confused(truth, predicted) + test.Confused(truth, predicted), score.Plus(test).Confused(truth, predicted));
        }

        Assert.Equal(20, score.Clips);
        Assert.Equal(Enumerable.Range(0, classes).Sum(label => score.Confused(label, label)), score.Right);
        Assert.Equal((double)score.Right / 20, score.Top1);
        Assert.Equal((36, score.Right + test.Right), (score.Plus(test).Clips, score.Plus(test).Right));
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
        Evaluation.Top1(network, Clips, split, batch, CPU, isFrameByFrame, CancellationToken.None);

    private static void AssertSame(EvaluationResult expected, EvaluationResult actual)
    {
        for (int truth = 0; truth < Clips.Classes.Count; truth++)
            for (int predicted = 0; predicted < Clips.Classes.Count; predicted++)
                Assert.Equal(expected.Confused(truth, predicted), actual.Confused(truth, predicted));
    }
}
