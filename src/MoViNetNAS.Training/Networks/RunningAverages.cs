using MoViNetNAS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>A copy of the running averages of a network's norms, which the forward pass of an update moves before anyone knows whether the update is sound.</summary>
internal sealed class RunningAverages : IDisposable
{
    private readonly (Tensor Average, Tensor Copy)[] _pairs;

    /// <param name="network">Whose averages.</param>
    public RunningAverages(VideoNetwork network) =>
        _pairs = [.. network.named_buffers().Select(entry => (entry.buffer, entry.buffer.clone().DetachFromDisposeScope()))];

    /// <summary>Remembers the averages as they are.</summary>
    public void Keep()
    {
        using var unrecorded = no_grad();
        foreach (var (average, copy) in _pairs) copy.copy_(average);
    }

    /// <summary>Puts back what was remembered.</summary>
    public void Restore()
    {
        using var unrecorded = no_grad();
        foreach (var (average, copy) in _pairs) average.copy_(copy);
    }

    /// <summary>Releases the copy.</summary>
    public void Dispose()
    {
        foreach (var (_, copy) in _pairs) copy.Dispose();
    }
}
