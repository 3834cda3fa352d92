using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;

namespace MoViNetNAS.Cli.Runs;

/// <summary>A progress line of the decoding of videos, which several threads report to; none when nothing is decoded.</summary>
internal sealed class DecodingLine(Terminal terminal) : IProgress<DecodingProgress>, IDisposable
{
    private readonly object _gate = new();
    private Progress? _progress;

    public void Report(DecodingProgress value)
    {
        lock (_gate)
        {
            _progress ??= terminal.Progress("decoding videos", value.Total);
            _progress.Report(value.Done);
        }
    }

    public void Dispose() => _progress?.Dispose();
}
