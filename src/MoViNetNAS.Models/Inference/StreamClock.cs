using MoViNetNAS.Models.Kernels;
using TorchSharp;

namespace MoViNetNAS.Models;

/// <summary>What the operations of a stream share: its sizes, where it stands, and its threads.</summary>
internal sealed class StreamClock(int batch, int mostFrames) : IDisposable
{
    private readonly PartRun _run = new();
    private readonly int _threads = torch.get_num_threads();

    /// <summary>Streams side by side.</summary>
    public int Batch { get; } = batch;

    /// <summary>Most frames of a step.</summary>
    public int MostFrames { get; } = mostFrames;

    /// <summary>Frames of this step.</summary>
    public int Frames { get; set; }

    /// <summary>Frames before this step.</summary>
    public long FramesBefore { get; set; }

    /// <summary>Frames of this step of all streams together.</summary>
    public int AllFrames => Batch * Frames;

    /// <summary>See <see cref="ThreadTeam.Run(PartRun, int, int, long, Action{int})"/>.</summary>
    public void Share(int parts, long work, Action<int> body) => ThreadTeam.Run(_run, _threads, parts, work, body);

    public void Dispose() => _run.Dispose();
}
