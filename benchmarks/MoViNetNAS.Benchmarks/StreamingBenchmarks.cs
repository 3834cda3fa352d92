using BenchmarkDotNet.Attributes;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;

namespace MoViNetNAS.Benchmarks;

/// <summary>A step of a stream through a released network.</summary>
public class StreamingBenchmarks
{
    private MoViNet? _network;
    private torch.Tensor? _frames;
    private Dictionary<string, IStreamRun> _runs = [];

    /// <summary>Released network.</summary>
    [Params("a0", "a2")]
    public string Model { get; set; } = "";

    /// <summary>Frames that a step takes at once; the time is that of all of them.</summary>
    [Params(1, 8)]
    public int FramesPerStep { get; set; }

    /// <summary>Threads of both sides.</summary>
    [Params(1)]
    public int Threads { get; set; }

    /// <summary>Opens the streams.</summary>
    [GlobalSetup]
    public void Setup()
    {
        HeapReserve.Prepare(isQuick: false);
        torch.set_num_threads(Threads);
        var architecture = ReleasedArchitectures.Get(Model);
        int resolution = architecture.Input.Resolution;
        _network = StreamBench.Network(architecture);
        _frames = ClipLayouts.Normal(BenchContext.Random("frames"), 1, FramesPerStep, resolution, resolution, InputShape.Channels);
        _runs = StreamSide.All.ToDictionary(side => side.Name, side => side.Open(_network, _frames));
    }

    /// <summary>Closes them.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var run in _runs.Values) run.Dispose();
        _frames?.Dispose();
        _network?.Dispose();
    }

    /// <summary>On libtorch's operators.</summary>
    [Benchmark(Baseline = true)]
    public void Libtorch() => _runs["libtorch"].Step();

    /// <summary>The compiled network.</summary>
    [Benchmark]
    public void Compiled() => _runs["compiled"].Step();

    /// <summary>On our kernels.</summary>
    [Benchmark]
    public void Ours() => _runs["ours"].Step();
}
