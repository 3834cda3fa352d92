using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training.Tests;

public sealed class EvaluationResultTests
{
    [Fact]
    public void Top_k_counts_videos_whose_truth_has_fewer_than_k_classes_before_it_and_ties_go_to_the_first()
    {
        var result = Of([LabelHead.Single(3)], (new LabelSet(0), [0.5f, 0.3f, 0.2f]), (new LabelSet(1), [0.5f, 0.3f, 0.2f]), (new LabelSet(2), [0.4f, 0.4f, 0.2f]), (new LabelSet(1), [0.4f, 0.4f, 0.2f]));
        Assert.Equal((0.25, 0.75, 1.0), (result.Top(1), result.Top(2), result.Top(3)));
        Assert.Equal((result.Top(1), 1), (result.Top1, result.Right));
        Assert.Equal(((1.0 / 1) + (0.0 / 2) + (0.0 / 1)) / 3, result.Heads[0].MeanClassAccuracy(), 1e-12);
        Assert.Equal([1, 0, 0], result.Heads[0].Confusion()[0]);
        Assert.Equal([2, 0, 0], result.Heads[0].Confusion()[1]);
    }

    [Fact]
    public void Average_precision_by_hand()
    {
        // Class 0 in the order of its probability: right, wrong, right -> (1/1 + 2/3) / 2. Class 1: wrong, right, right -> (1/2 + 2/3) / 2.
        LabelHead[] heads = [new("class", 0, 2, IsMultiLabel: true)];
        var result = Of(heads, (new LabelSet([0]), [0.9f, 0.8f]), (new LabelSet([1]), [0.6f, 0.7f]), (new LabelSet([0, 1]), [0.3f, 0.2f]));
        Assert.Equal((((1.0 + (2 / 3.0)) / 2) + ((0.5 + (2 / 3.0)) / 2)) / 2, result.Measure(), 1e-12);
        Assert.Equal("mean average precision", result.MeasureName);
        Assert.Throws<InvalidOperationException>(() => result.Heads[0].Top(1));
        Assert.Throws<InvalidOperationException>(() => result.Heads[0].Confusion());
    }

    [Fact]
    public void Equal_probabilities_share_a_place_and_classes_without_videos_do_not_count()
    {
        LabelHead[] heads = [new("class", 0, 3, IsMultiLabel: true)];
        var result = Of(heads, (new LabelSet([0]), [0.5f, 0.1f, 0.9f]), (new LabelSet([]), [0.5f, 0.2f, 0.8f]), (new LabelSet([1]), [0.5f, 0.1f, 0.7f]));
        // Class 0: one of three in one place, 1/3. Class 1: the places {second}, {first, third}: 1/3. Class 2 has no video.
        Assert.Equal(((1 / 3.0) + (1 / 3.0)) / 2, result.Measure(), 1e-12);
    }

    [Fact]
    public void Average_precision_is_that_of_counting_thresholds_and_a_video_counted_twice_is_a_video_listed_twice()
    {
        var random = new RandomStream(5);
        LabelHead[] heads = [new("class", 0, 4, IsMultiLabel: true)];
        for (int trial = 0; trial < 50; trial++)
        {
            var videos = Enumerable.Range(0, 12).Select(_ => (
                new LabelSet(Enumerable.Range(0, 4).Where(_ => random.Chance(0.4))),
                Enumerable.Range(0, 4).Select(_ => (float)random.Below(6)).ToArray())).ToArray();
            int[] counts = [.. videos.Select(_ => random.Below(3))];
            var listed = videos.Zip(counts).SelectMany(pair => Enumerable.Repeat(pair.First, pair.Second)).ToArray();
            double expected = Enumerable.Range(0, 4).Select(c => ByThresholds(listed, c)).Where(double.IsFinite).DefaultIfEmpty(0).Average();
            Assert.Equal(expected, Of(heads, listed).Measure(), 1e-12);
            Assert.Equal(expected, Of(heads, videos).Measure(counts), 1e-12);
        }
    }

    [Fact]
    public void Of_two_heads_both_must_be_right_and_combinations_are_ranked_by_their_product()
    {
        LabelHead[] heads = [new("verb", 0, 2, false), new("noun", 2, 3, false)];
        float[] said = [0.6f, 0.4f, 0.5f, 0.3f, 0.2f]; // products: 0.30 0.18 0.12 | 0.20 0.12 0.08
        var result = Of(heads, (new LabelSet([0, 2]), said), (new LabelSet([1, 2]), said), (new LabelSet([0, 4]), said), (new LabelSet([1, 4]), said));
        Assert.Equal((0.25, 1), (result.Top1, result.Right));
        Assert.Equal((0.25, 0.5, 0.5), (result.Top(1), result.Top(2), result.Top(3)));
        Assert.Equal(1, result.Top(6));
        Assert.Equal((0.5, 0.5), (result.Heads[0].Top(1), result.Heads[1].Top(1)));
        Assert.Equal(result.Top1, result.Measure([1, 1, 1, 1]));
        Assert.Equal(2 / 3.0, result.Measure([2, 1, 0, 0]), 1e-12);
    }

    [Fact]
    public void The_bootstrap_draws_whole_sources_and_covers_the_mean_as_often_as_it_says()
    {
        int covered = 0;
        for (ulong trial = 0; trial < 200; trial++)
        {
            // 30 sources of 4 videos that are all right or all wrong: the chance of each is one half.
            var random = new RandomStream(trial);
            var videos = Enumerable.Range(0, 30).SelectMany(source => Enumerable.Repeat((Source: $"{source}", IsRight: random.Chance(0.5)), 4)).ToArray();
            var bootstrap = new SourceBootstrap([.. videos.Select(video => video.Source)], new RandomStream(7));
            var interval = bootstrap.Of(
                counts =>
                {
                    for (int i = 0; i < counts.Count; i += 4) Assert.True(counts[i] == counts[i + 1] && counts[i] == counts[i + 3]);
                    return videos.Zip(counts, (video, count) => video.IsRight ? (double)count : 0).Sum() / counts.Sum();
                },
                samples: 200)!;
            if (interval.Low <= 0.5 && interval.High >= 0.5) covered++;
        }

        Assert.InRange(covered, 176, 198); // 95 % of 200 are 190; percentile intervals of 30 sources cover a little less
        Assert.Null(new SourceBootstrap(["a", "a"], new RandomStream(1)).Of(_ => 1));
    }

    private static double ByThresholds((LabelSet Labels, float[] Said)[] videos, int c)
    {
        double sum = 0, recall = 0;
        int positives = videos.Count(video => video.Labels.Contains(c));
        foreach (float threshold in videos.Select(video => video.Said[c]).Distinct().OrderDescending())
        {
            var above = videos.Where(video => video.Said[c] >= threshold).ToArray();
            int right = above.Count(video => video.Labels.Contains(c));
            sum += ((double)right / above.Length) * (((double)right / positives) - recall);
            recall = (double)right / positives;
        }

        return positives == 0 ? double.NaN : sum;
    }

    private static EvaluationResult Of(LabelHead[] heads, params (LabelSet Labels, float[] Said)[] videos)
    {
        string[] classes = [.. Enumerable.Range(0, heads.Sum(head => head.Count)).Select(c => $"c{c}")];
        return new EvaluationResult(new Predictions(classes, heads, [.. videos.Select((video, i) => new ClipItem($"{i}", video.Labels, $"{i}"))], [.. videos.SelectMany(video => video.Said)]));
    }
}
