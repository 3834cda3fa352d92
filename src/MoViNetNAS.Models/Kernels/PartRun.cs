using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Parts of work that threads take one after another; may be used again and again.</summary>
internal sealed class PartRun : IDisposable
{
    private readonly ConcurrentQueue<Exception> _failures = new();
    private GCHandle _self;
    private Action<int>? _body;
    private int _parts;
    private int _next;

    internal PartRun() => _self = GCHandle.Alloc(this, GCHandleType.Weak);

    ~PartRun() => Free();

    /// <summary>A name of this object that may pass through native code.</summary>
    internal nint Handle => GCHandle.ToIntPtr(_self);

    internal void Begin(int parts, Action<int> body)
    {
        (_parts, _body, _next) = (parts, body, -1);
        _failures.Clear();
    }

    internal void TakeParts()
    {
        try
        {
            for (int part = Interlocked.Increment(ref _next); part < _parts; part = Interlocked.Increment(ref _next)) _body!(part);
        }
        catch (Exception failure)
        {
            // An exception that left for native code would end the process; it is thrown again on the caller's thread.
            _failures.Enqueue(failure);
        }
    }

    internal void ThrowIfFailed()
    {
        if (!_failures.IsEmpty) throw new AggregateException(_failures);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_self.IsAllocated) _self.Free();
    }
}
