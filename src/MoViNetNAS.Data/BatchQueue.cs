using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace MoViNetNAS.Data;

/// <summary>Reads the batches of a schedule ahead on background threads and hands them out strictly in order.</summary>
/// <remarks>At most <c>capacity</c> batches exist at a time, finished or in the making. One consumer.</remarks>
public sealed class BatchQueue : IDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(1);

    private readonly BatchSchedule _schedule;
    private readonly Slot?[] _slots;
    private readonly Thread[] _threads;
    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();
    private long _nextToClaim;
    private long _nextToDeliver;
    private bool _isDisposed;

    /// <summary>Starts reading at batch <paramref name="start"/>.</summary>
    /// <param name="schedule">What each batch holds.</param>
    /// <param name="start">Number of the first batch delivered, at least 0.</param>
    /// <param name="capacity">Batches read ahead, at least 1.</param>
    /// <param name="threads">Threads that read, at least 1.</param>
    public BatchQueue(BatchSchedule schedule, long start = 0, int capacity = 4, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _schedule = schedule;
        _slots = new Slot?[capacity];
        _nextToClaim = _nextToDeliver = start;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(ReadAhead) { IsBackground = true, Name = $"batches {i}" })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Seconds that <see cref="Next"/> has waited for data so far: what the disk and the decoder cost the run.</summary>
    public double SecondsWaited { get; private set; }

    /// <summary>Number of the batch that <see cref="Next"/> delivers next.</summary>
    public long NextNumber
    {
        get
        {
            lock (_gate) return _nextToDeliver;
        }
    }

    /// <summary>The next batch, waiting for it when it is not ready.</summary>
    /// <exception cref="ObjectDisposedException">The queue is disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> is signalled while waiting.</exception>
    /// <remarks>What went wrong when this batch was read is thrown here as it was thrown there, again at each call.</remarks>
    public ClipBatch Next(CancellationToken cancellation = default)
    {
        using CancellationTokenRegistration wake = cancellation.Register(WakeAll);
        lock (_gate)
        {
            long place = _nextToDeliver % _slots.Length;
            long since = Stopwatch.GetTimestamp();
            while (_slots[place] is null)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            ObjectDisposedException.ThrowIf(_isDisposed, this);
            SecondsWaited += Stopwatch.GetElapsedTime(since).TotalSeconds;
            Slot slot = _slots[place]!;
            slot.Failure?.Throw();
            _slots[place] = null;
            _nextToDeliver++;
            Monitor.PulseAll(_gate);
            return slot.Batch!;
        }
    }

    /// <summary>Stops reading; returns as soon as the clips being read are finished, after a second at most.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        _stop.Cancel();
        foreach (Thread thread in _threads) thread.Join(JoinLimit);
    }

    private void ReadAhead()
    {
        while (TryClaim(out long number))
        {
            Slot slot;
            try
            {
                slot = new Slot(_schedule.Read(number, _stop.Token), null);
            }
            catch (Exception e)
            {
                slot = new Slot(null, ExceptionDispatchInfo.Capture(e));
            }

            lock (_gate)
            {
                _slots[number % _slots.Length] = slot;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool TryClaim(out long number)
    {
        lock (_gate)
        {
            while (!_isDisposed && _nextToClaim >= _nextToDeliver + _slots.Length) Monitor.Wait(_gate);
            number = _nextToClaim++;
            return !_isDisposed;
        }
    }

    private void WakeAll()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private sealed record Slot(ClipBatch? Batch, ExceptionDispatchInfo? Failure);
}
