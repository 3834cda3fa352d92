using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

/// <summary>Every layout of docs/datasets.md, from its files to logits.</summary>
public sealed class DatasetTrainingTests(TestVideos videos) : IClassFixture<TestVideos>
{
    private static readonly string[] Sources = ["test.avi", "bars.mp4", "levels.avi", "wide.avi"];
    private static readonly TrainingSettings Settings = TrainingSettings.Default with { Epochs = 1, Batch = 2, WarmUpFraction = 0 };

    public static TheoryData<string> Names => [.. LayoutFixture.Names.Select(row => row.Data), "frame-folders"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_data_set_of_every_layout_is_checked_trains_a_network_and_is_classified(string name)
    {
        videos.Require();
        string folder = videos.NewFolder();
        LayoutFixture.Dataset fixture = LayoutFixture.Of(name);
        fixture.WriteTo(folder, Copy);
        var options = new VideoFolderOptions { Folder = folder, Layout = fixture.Layout, Input = new InputShape(Tiny.Frames, Tiny.Resolution), CacheFolder = videos.NewFolder() };
        DatasetCheck check = DatasetCheck.Run(options);
        Assert.Empty(check.Broken.Concat(check.Missing));
        var data = new VideoFolder(options);

        using var network = Tiny.Network(NetworkVariant.Causal, classes: data.Classes.Count);
        var before = Tiny.Values(network);
        using (var trainer = new NetworkTrainer(network, data, Settings, new RandomStream(1), CPU))
        {
            var clips = new BatchSchedule(data, Split.Weights, Settings.Batch, new RandomStream(2));
            for (int update = 0; update < 2; update++) Assert.InRange(trainer.Update(clips.Read(update)), 1e-3, 20);
        }

        Assert.False(before["network.head.classifier.bias"].AsSpan().SequenceEqual(Tiny.Values(network)["network.head.classifier.bias"]));
        foreach (Split split in (Split[])[Split.Score, Split.Test])
        {
            var said = Evaluation.Of(network, data, split, new EvaluationOptions { Batch = 3 }, CPU, CancellationToken.None);
            Assert.Equal(check.Splits.Single(row => row.Split == split).Usable, said.Items.Count);
            var result = new EvaluationResult(said);
            Assert.InRange(result.Measure(), 0, 1);
            Assert.Equal(name.Contains("charades", StringComparison.Ordinal), result.IsMultiLabel);
            Assert.Equal(data.Heads, result.Heads.Select(head => head.Head));
            foreach (var head in result.Heads)
            {
                float sum = 0;
                foreach (float probability in said.Of(0, head.Head)) sum += probability;
                if (!head.Head.IsMultiLabel) Assert.Equal(1, sum, 1e-4f);
            }
        }
    }

    // A path without an ending is a folder of frames. Copies differ by a few bytes at the end, which no decoder reads.
    private void Copy(int i, string path)
    {
        string source = Sources[i % Sources.Length];
        if (!Path.HasExtension(path))
        {
            videos.MakeFrames(source, path, "%05d.jpg", 1);
            return;
        }

        File.Copy(videos.Path(source), path, overwrite: true);
        using FileStream stream = File.Open(path, FileMode.Append);
        stream.Write(new byte[8 * (i + 1)]);
    }
}
