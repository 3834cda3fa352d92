using System.ComponentModel;
using System.Diagnostics;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class LostClipTests : IDisposable
{
    private const int Videos = 8, Batch = 4, Epochs = 10;

    private static readonly RandomStream Seed = new(5);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_training_goes_on_without_a_clip_whose_frames_vanish_and_names_it(bool isDeleted)
    {
        VideoFolder data = Open();
        string cut = Directory.GetFiles(_folder["cache"])[3];
        var batches = new BatchSchedule(data, Split.Weights, Batch, Seed.Derive("clips"));
        ClipBatch[] whole = [.. Enumerable.Range(0, Epochs * Videos / Batch).Select(number => batches.Read(number))];
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, data);
        trainer.Run(
            report =>
            {
                if (report.Update != 1) return;
                if (isDeleted) File.Delete(cut);
                else File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..100]);
            },
            () => { }, CancellationToken.None);
        Assert.Equal(trainer.Updates, trainer.UpdatesMade);
        UnusableVideo lost = Assert.Single(trainer.Skipped.Items);
        Assert.Contains($"decoded frames {cut} cannot be read any more", lost.Reason);
        Assert.InRange(trainer.Skipped.Count, Epochs - 4, Epochs); // some batches were read ahead

        // The batches of the broken run are those of the unbroken one without it.
        var broken = new BatchSchedule(data, Split.Weights, Batch, Seed.Derive("clips"), skipsUnreadable: true);
        int item = data.Items(Split.Weights).Index().Single(pair => pair.Item.Id == lost.Path).Index, clip = whole[0].Pixels.Length / Batch;
        for (int number = 0; number < whole.Length; number++)
        {
            int[] kept = [.. batches.Indices(number).Index().Where(pair => pair.Item != item).Select(pair => pair.Index)];
            ClipBatch batch = broken.Read(number);
            Assert.Equal(kept.SelectMany(i => whole[number].Pixels.Skip(i * clip).Take(clip)), batch.Pixels);
            Assert.Equal(kept.Select(i => whole[number].Labels[i]), batch.Labels);
        }
    }

    [Fact]
    public void A_training_whose_cache_is_gone_ends_with_a_sentence()
    {
        VideoFolder data = Open();
        using var network = Tiny.Network(NetworkVariant.Causal);
        using var trainer = Trainer(network, data);
        Directory.Delete(_folder["cache"], recursive: true);
        string message = Assert.Throws<MachineException>(() => trainer.Run(_ => { }, () => { }, CancellationToken.None)).Message;
        Assert.Matches(@"^batch 0: 4 of its 4 clips cannot be read; the first is \d.avi: decoded frames ", message);
        Assert.Equal(0, trainer.UpdatesMade);
    }

    private static NetworkTrainer Trainer(MoViNet network, VideoFolder data) =>
        new(network, data, TrainingSettings.Default with { Epochs = Epochs, Batch = Batch }, Seed, CPU);

    private VideoFolder Open()
    {
        string data = Directory.CreateDirectory(_folder["data"]).FullName;
        try
        {
            string arguments = $"-nostdin -v error -f lavfi -i testsrc=size=24x20:rate=10:duration=1 -c:v mjpeg \"{Path.Combine(data, "0.avi")}\"";
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", arguments))!;
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed");
        }

        for (int i = 1; i < Videos; i++) File.Copy(Path.Combine(data, "0.avi"), Path.Combine(data, $"{i}.avi"));
        File.WriteAllLines(Path.Combine(data, "manifest.csv"), ["path,label,split,subject", .. Enumerable.Range(0, Videos).Select(i => $"{i}.avi,{(i % 2 == 0 ? "even" : "odd")},train,{i}")]);
        return new VideoFolder(new VideoFolderOptions { Folder = data, Input = new InputShape(Tiny.Frames, Tiny.Resolution), CacheFolder = _folder["cache"], MemoryBytes = 0 });
    }
}
