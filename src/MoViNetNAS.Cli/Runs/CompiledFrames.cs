using System.Diagnostics;
using MoViNetNAS.Models;

namespace MoViNetNAS.Cli.Runs;

/// <summary>On the CPU: the compiled form of the network.</summary>
internal sealed class CompiledFrames : ICarriedFrames
{
    private readonly CompiledNetwork _network;
    private readonly CompiledStream _stream;

    public CompiledFrames(MoViNet network, int resolution)
    {
        _network = CompiledNetwork.Of(network);
        _stream = _network.Open(resolution: resolution);
    }

    public float[] Classify(byte[] frame, out TimeSpan elapsed)
    {
        long began = Stopwatch.GetTimestamp();
        float[] logits = _stream.Step(frame).ToArray();
        elapsed = Stopwatch.GetElapsedTime(began);
        return logits;
    }

    public StreamState State() => _stream.State();

    public void Restore(StreamState state) => _stream.Restore(state);

    public void Dispose()
    {
        _stream.Dispose();
        _network.Dispose();
    }
}
