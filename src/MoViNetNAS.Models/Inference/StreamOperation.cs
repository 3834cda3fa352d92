namespace MoViNetNAS.Models;

/// <summary>One operation of a stream with all it needs: weights, where it reads and writes, how its work is cut. Running it allocates nothing.</summary>
internal abstract class StreamOperation(StreamClock clock)
{
    protected StreamClock Clock { get; } = clock;

    /// <summary>Takes the frames that the clock tells of.</summary>
    public abstract void Run();
}
