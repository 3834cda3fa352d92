using System.Diagnostics;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store;

/// <summary>Stores trials in batches on a thread of its own, so that a search step does not wait for the disk.</summary>
/// <remarks>A trial counts as stored when <see cref="Flush"/> has returned after it was added; a process killed earlier loses at
/// most what was not flushed, and a resumed search adds it again. Add and flush from one thread.</remarks>
public sealed class TrialWriter : IDisposable
{
    /// <summary>Trials that make a batch, whatever the time.</summary>
    public const int BatchTrials = 256;

    /// <summary>Trials that may wait; above it <see cref="Add"/> waits for the disk.</summary>
    public const int CapacityTrials = 16 * BatchTrials;

    private static readonly TimeSpan BatchTime = TimeSpan.FromSeconds(0.5);

    private readonly RunStore _store;
    private readonly object _gate = new();
    private readonly Queue<Trial> _queue = new();
    private readonly Thread _thread;
    private long _added, _stored, _waitedTicks;
    private bool _isFlushing, _isClosing;
    private Exception? _fault;

    /// <summary>A writer to <paramref name="store"/>, which stays the caller's to dispose, after this.</summary>
    public TrialWriter(RunStore store)
    {
        if (store.IsReadOnly) throw new ArgumentException($"{store.Path} was opened to read", nameof(store));
        _store = store;
        _thread = new Thread(WriteBatches) { IsBackground = true, Name = "trial writer" };
        _thread.Start();
    }

    /// <summary>Seconds that callers have spent in <see cref="Add"/> and <see cref="Flush"/> waiting for the disk.</summary>
    public double WaitedSeconds => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _waitedTicks)).TotalSeconds;

    /// <summary>Queues trials; returns at once unless <see cref="CapacityTrials"/> of them wait already.</summary>
    /// <exception cref="MachineException">An earlier batch could not be stored.</exception>
    /// <exception cref="InputException">A trial of an earlier batch belongs to no stored run.</exception>
    public void Add(IReadOnlyList<Trial> trials)
    {
        ObjectDisposedException.ThrowIf(_isClosing, this);
        lock (_gate)
        {
            WaitWhile(() => _queue.Count >= CapacityTrials);
            foreach (var trial in trials) _queue.Enqueue(trial);
            _added += trials.Count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Returns when every trial added so far is on the disk.</summary>
    /// <exception cref="MachineException">A batch could not be stored.</exception>
    /// <exception cref="InputException">A trial belongs to no stored run.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            long target = _added;
            _isFlushing = _stored < target;
            Monitor.PulseAll(_gate);
            WaitWhile(() => _stored < target);
        }
    }

    /// <summary>Stores what is queued and ends the thread. A fault is not thrown here, so that it hides no other: call <see cref="Flush"/> first.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void WaitWhile(Func<bool> isBusy)
    {
        long start = Stopwatch.GetTimestamp();
        bool hasWaited = false;
        while (_fault is null && isBusy())
        {
            hasWaited = true;
            Monitor.Wait(_gate);
        }

        if (hasWaited) Interlocked.Add(ref _waitedTicks, Stopwatch.GetTimestamp() - start);
        if (_fault is MachineException) throw new MachineException(_fault.Message, _fault);
        if (_fault is InputException) throw new InputException(_fault.Message, _fault);
        if (_fault is not null) throw new InvalidOperationException("the trial writer has stopped", _fault);
    }

    private void WriteBatches()
    {
        try
        {
            while (NextBatch() is { } batch)
            {
                _store.PutTrials(batch);
                lock (_gate)
                {
                    _stored += batch.Count;
                    _isFlushing &= _stored < _added;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _fault = e;
                Monitor.PulseAll(_gate);
            }
        }
    }

    // All that is queued, once it is a batch, is old enough, or somebody waits for it; null at the end.
    private List<Trial>? NextBatch()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_isClosing) return null;
                Monitor.Wait(_gate);
            }

            long start = Stopwatch.GetTimestamp();
            while (_queue.Count < BatchTrials && !_isFlushing && !_isClosing)
            {
                var left = BatchTime - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero) break;
                Monitor.Wait(_gate, left);
            }

            List<Trial> batch = [.. _queue];
            _queue.Clear();
            return batch;
        }
    }
}
