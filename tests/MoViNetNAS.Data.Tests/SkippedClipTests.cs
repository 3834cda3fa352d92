using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class SkippedClipTests
{
    private const int Clip = 8 * 8 * 3;

    private static BatchSchedule Schedule(int size, params int[] broken) => new(
        new NumberedClips(20, index =>
        {
            if (broken.Contains(index)) throw new MachineException($"clip {index} is lost");
        }),
        Split.Weights, size, new RandomStream(3), skipsUnreadable: true);

    [Fact]
    public void A_batch_lacks_the_clips_that_cannot_be_read_and_nothing_else_moves()
    {
        BatchSchedule whole = Schedule(6), broken = Schedule(6, 4, 11);
        var skipped = new SkippedClips();
        int lacking = 0;
        using var queue = new BatchQueue(broken, threads: 3);
        for (int number = 0; number < 20; number++)
        {
            ClipBatch expected = whole.Read(number), batch = queue.Next();
            int[] kept = [.. whole.Indices(number).Index().Where(pair => pair.Item is not (4 or 11)).Select(pair => pair.Index)];
            Assert.Equal(kept.SelectMany(i => expected.Pixels.Skip(i * Clip).Take(Clip)), batch.Pixels);
            Assert.Equal(kept.Select(i => expected.Labels[i]), batch.Labels);
            Assert.Equal(6 - kept.Length, batch.Skipped.Count);
            Assert.Equal(batch.Pixels, broken.Read(number).Pixels);
            lacking += 6 - kept.Length;
            skipped.Add(batch);
        }

        Assert.Equal(12, lacking); // 120 clips are six epochs
        Assert.Equal(12, skipped.Count);
        Assert.Equal(["11: clip 11 is lost", "4: clip 4 is lost"], skipped.Items.Select(video => $"{video.Path}: {video.Reason}").Order());
    }

    [Theory]
    [InlineData(4, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(5, 3, true)]
    [InlineData(1, 1, true)]
    public void A_batch_more_than_half_of_which_is_lost_ends_it_and_names_the_first(int size, int lost, bool isOver)
    {
        int[] broken = Schedule(size).Indices(2)[..lost];
        BatchSchedule schedule = Schedule(size, broken);
        if (isOver)
        {
            Assert.Equal($"batch 2: {lost} of its {size} clips cannot be read; the first is {broken[0]}: clip {broken[0]} is lost",
                Assert.Throws<MachineException>(() => schedule.Read(2)).Message);
        }
        else
        {
            Assert.Equal(size - lost, schedule.Read(2).Labels.Length);
        }
    }

    [Fact]
    public void Without_leave_to_skip_a_lost_clip_ends_it()
    {
        var clips = new NumberedClips(20, _ => throw new MachineException("lost"));
        Assert.Equal("lost", Assert.Throws<MachineException>(() => new BatchSchedule(clips, Split.Weights, 4, new RandomStream(1)).Read(0)).Message);
    }
}
