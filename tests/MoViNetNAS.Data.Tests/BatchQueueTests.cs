using System.Diagnostics;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class BatchQueueTests
{
    private static BatchSchedule Schedule(Action<int>? onRead = null) =>
        new(new NumberedClips(50, onRead), Split.Weights, 4, new RandomStream(3));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(2, 8)]
    public void Batches_arrive_in_order_whatever_the_threads(int capacity, int threads)
    {
        BatchSchedule schedule = Schedule(index => Thread.SpinWait(index * 1000)); // some take longer
        using var queue = new BatchQueue(schedule, start: 7, capacity, threads);
        for (long number = 7; number < 60; number++)
        {
            Assert.Equal(number, queue.NextNumber);
            Assert.Equal(schedule.Read(number).Pixels, queue.Next().Pixels);
        }
    }

    [Fact]
    public void No_more_is_read_ahead_than_the_capacity()
    {
        int read = 0;
        using var queue = new BatchQueue(Schedule(_ => Interlocked.Increment(ref read)), capacity: 3, threads: 2);
        Thread.Sleep(200);
        Assert.Equal(12, Volatile.Read(ref read));
    }

    [Fact]
    public void A_failure_surfaces_as_it_was_after_the_batches_before_it()
    {
        var fault = new MachineException("disk gone");
        int[] third = new BatchSchedule(new NumberedClips(50), Split.Weights, 4, new RandomStream(3)).Indices(2);
        using var queue = new BatchQueue(Schedule(index =>
        {
            if (index == third[1]) throw fault;
        }));
        queue.Next();
        queue.Next();
        Assert.Same(fault, Assert.Throws<MachineException>(() => queue.Next()));
        Assert.Same(fault, Assert.Throws<MachineException>(() => queue.Next()));
    }

    [Fact]
    public void Waiting_is_counted()
    {
        using var queue = new BatchQueue(Schedule(_ => Thread.Sleep(20)));
        queue.Next();
        Assert.InRange(queue.SecondsWaited, 0.04, 5);
    }

    [Fact]
    public async Task Disposal_is_prompt_and_wakes_the_consumer()
    {
        using var hold = new ManualResetEventSlim();
        var queue = new BatchQueue(Schedule(_ => hold.Wait()));
        Task<Exception?> consumer = Task.Run(() => Record.Exception(() => queue.Next()));
        Thread.Sleep(50);
        long since = Stopwatch.GetTimestamp();
        queue.Dispose();
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 3);
        Assert.IsType<ObjectDisposedException>(await consumer.WaitAsync(TimeSpan.FromSeconds(5)));
        hold.Set();
        queue.Dispose();
    }

    [Fact]
    public void A_waiting_consumer_can_be_cancelled()
    {
        using var hold = new ManualResetEventSlim();
        using var queue = new BatchQueue(Schedule(_ => hold.Wait()));
        using var cancel = new CancellationTokenSource(50);
        Assert.ThrowsAny<OperationCanceledException>(() => queue.Next(cancel.Token));
        hold.Set();
    }
}
