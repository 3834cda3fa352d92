namespace MoViNetNAS.Models;

/// <summary>Steps that count as one operation: a split depthwise convolution, a pooled skip.</summary>
internal sealed class SequenceOperation(StreamClock clock, params StreamOperation[] steps) : StreamOperation(clock)
{
    public override void Run()
    {
        foreach (var step in steps) step.Run();
    }
}
