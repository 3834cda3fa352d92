using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Tests;

public sealed class TrialWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunStore _store;

    public TrialWriterTests()
    {
        _store = RunStore.Open(_folder["runs.db"]);
        _store.Put(Samples.RunRecord());
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_flushed_is_stored()
    {
        using var writer = new TrialWriter(_store);
        for (int step = 0; step < 40; step++)
        {
            writer.Add(Samples.Trials(step * 4, 4));
            if (step % 10 != 9) continue;
            writer.Flush();
            Assert.Equal(4 * (step + 1), _store.TrialCount(Samples.Run));
        }

        writer.Flush();
    }

    [Fact]
    public void Adding_does_not_wait_for_the_disk()
    {
        using var writer = new TrialWriter(_store);
        for (int step = 0; step < 400; step++) writer.Add(Samples.Trials(step * 4, 4));
        Assert.Equal(0, writer.WaitedSeconds);
        writer.Flush();
        Assert.True(writer.WaitedSeconds > 0);
        Assert.Equal(1600, _store.TrialCount(Samples.Run));
    }

    [Fact]
    public void A_full_queue_waits_and_loses_nothing()
    {
        using var writer = new TrialWriter(_store);
        const int Many = 3 * TrialWriter.CapacityTrials;
        for (int step = 0; step < Many; step += 512) writer.Add(Samples.Trials(step, 512));
        writer.Flush();
        Assert.Equal(Many, _store.TrialCount(Samples.Run));
    }

    [Fact]
    public void What_was_added_is_stored_on_disposal_and_after_a_while()
    {
        using (var writer = new TrialWriter(_store))
        {
            writer.Add(Samples.Trials(0, 3));
            Assert.True(SpinWait.SpinUntil(() => _store.TrialCount(Samples.Run) == 3, TimeSpan.FromSeconds(20)));
            writer.Add(Samples.Trials(3, 3));
        }

        Assert.Equal(6, _store.TrialCount(Samples.Run));
    }

    [Fact]
    public void A_fault_surfaces_on_the_next_call_and_does_not_hang()
    {
        using var writer = new TrialWriter(_store);
        writer.Add([Samples.Trial(0, run: "unknown")]);
        Assert.Throws<InputException>(writer.Flush);
        Assert.Throws<InputException>(() => writer.Add(Samples.Trials(0, 1)));
        Assert.Throws<InputException>(writer.Flush);
    }
}
