using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class BatchScheduleTests
{
    [Property(MaxTest = 50)]
    public void Every_epoch_holds_every_item_once(byte items, byte batch, ulong seed)
    {
        int count = items % 20 + 1, batchSize = batch % 25 + 1;
        var schedule = new BatchSchedule(new NumberedClips(count), Split.Weights, batchSize, new RandomStream(seed));
        int[] drawn = [.. Enumerable.Range(0, 3 * count / batchSize + 1).SelectMany(n => schedule.Indices(n))];
        foreach (int[] epoch in drawn.Chunk(count).Where(chunk => chunk.Length == count))
            Assert.Equal(Enumerable.Range(0, count), epoch.Order());
    }

    [Property(MaxTest = 50)]
    public void A_batch_is_made_again_from_its_number_alone(ushort number, ulong seed)
    {
        BatchSchedule Make() => new(new NumberedClips(17), Split.Weights, 5, new RandomStream(seed));
        BatchSchedule one = Make(), other = Make();
        one.Read(number / 2);
        ClipBatch a = one.Read(number), b = other.Read(number);
        Assert.Equal(a.Pixels, b.Pixels);
        Assert.Equal(a.Labels, b.Labels);
    }

    [Fact]
    public void Labels_and_pixels_belong_together()
    {
        var schedule = new BatchSchedule(new NumberedClips(40), Split.Score, 8, new RandomStream(1));
        Assert.False(schedule.IsAugmented);
        ClipBatch batch = schedule.Read(3);
        Assert.Equal(8 * 8 * 8 * 3, batch.Pixels.Length);
        Assert.Equal(schedule.Indices(3), batch.Pixels.Chunk(8 * 8 * 3).Select(clip => (int)clip[^1]));
        Assert.Equal(batch.Pixels.Chunk(8 * 8 * 3).Select(clip => clip[^1] % 2), batch.Labels.Select(labels => labels.Only));
    }

    [Fact]
    public void Epochs_and_augmentations_differ()
    {
        var schedule = new BatchSchedule(new NumberedClips(40), Split.Weights, 40, new RandomStream(1));
        Assert.NotEqual(schedule.Indices(0), schedule.Indices(1));
        Assert.NotEqual(schedule.Read(0).Pixels.Chunk(192).Select(c => c[0]), schedule.Read(1).Pixels.Chunk(192).Select(c => c[0]));
        var plain = new BatchSchedule(new NumberedClips(40), Split.Weights, 40, new RandomStream(1), isAugmented: false);
        Assert.Equal(schedule.Indices(5), plain.Indices(5));
        Assert.All(plain.Read(0).Pixels.Chunk(192), clip => Assert.Equal(clip[0], clip[1]));
    }

    [Fact]
    public void An_empty_split_is_named() =>
        Assert.Contains("'numbered' has no clip in the split Test",
            Assert.Throws<InputException>(() => new BatchSchedule(new NumberedClips(4), Split.Test, 2, new RandomStream(1))).Message);
}
