using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Threads that each walk whole paths through a supernet, side by side.</summary>
/// <remarks>The operations of one small step are too short to share among threads; whole forward and backward passes are not. Each
/// worker has an equal part of libtorch's threads, which depends on nothing but both counts, so results do not depend on which worker
/// took which item.</remarks>
internal sealed class PathWorkers : IDisposable
{
    private readonly Thread[] _threads;
    private readonly Exception?[] _failures;
    private readonly Barrier _begin, _end;
    private Action<int>? _body;
    private int _items, _next;

    /// <param name="paths">Items that are usual at once: no more workers than these, nor than libtorch's threads.</param>
    public PathWorkers(int paths)
    {
        int all = get_num_threads(), workers = Math.Clamp(Math.Min(paths, all), 1, int.MaxValue);
        int share = all / workers;
        _failures = new Exception?[workers];
        _begin = new Barrier(workers + 1);
        _end = new Barrier(workers + 1);
        _threads = workers == 1 ? [] : [.. Enumerable.Range(0, workers).Select(w => new Thread(() => Work(w, share)) { IsBackground = true, Name = $"path worker {w}" })];
        foreach (var thread in _threads) thread.Start();
        if (_threads.Length == 0) return;
        _end.SignalAndWait(); // all have set their number of threads, which also sets the one that later threads begin with
        set_num_threads(all);
    }

    /// <summary>Calls <paramref name="body"/> once for each item; returns when all are done.</summary>
    /// <remarks>Dispose scopes and no_grad are a thread's own: open them inside.</remarks>
    public void Run(int items, Action<int> body)
    {
        if (_threads.Length == 0)
        {
            for (int i = 0; i < items; i++) body(i);
            return;
        }

        (_body, _items, _next) = (body, items, -1);
        Array.Clear(_failures);
        _begin.SignalAndWait();
        _end.SignalAndWait();
        _body = null;
        if (_failures.FirstOrDefault(failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_threads.Length > 0)
        {
            _begin.SignalAndWait(); // without a body: the end
            foreach (var thread in _threads) thread.Join();
        }

        _begin.Dispose();
        _end.Dispose();
    }

    private void Work(int worker, int threads)
    {
        set_num_threads(threads);
        _ = get_num_threads(); // libtorch sets up a thread at its first question, from the number set last by any thread: now, before that changes
        _end.SignalAndWait();
        while (true)
        {
            _begin.SignalAndWait();
            if (_body is not { } body) return;
            try
            {
                for (int i = Interlocked.Increment(ref _next); i < _items; i = Interlocked.Increment(ref _next)) body(i);
            }
            catch (Exception failure)
            {
                _failures[worker] = failure; // thrown again where Run was called
            }

            _end.SignalAndWait();
        }
    }
}
