using BenchmarkDotNet.Attributes;
using MoViNetNAS.Cli.Bench;
using TorchSharp;

namespace MoViNetNAS.Benchmarks;

/// <summary>A kernel of ours against libtorch's operator in both layouts, forward and with gradients.</summary>
public abstract class KernelBenchmarks
{
    private const string Forward = "forward", Gradients = "forward + gradients";

    private readonly string _operation;
    private KernelSide? _ours, _libtorch, _channelsLast;

    /// <param name="operation">Which of the cases of `movinet bench kernels`.</param>
    protected KernelBenchmarks(string operation) => _operation = operation;

    /// <summary>Sizes.</summary>
    public IEnumerable<string> Shapes => Cases.Select(of => of.Shape);

    /// <summary>Kernel, channels, frames, rows x columns.</summary>
    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    /// <summary>Threads of both sides.</summary>
    [Params(1)]
    public int Threads { get; set; }

    private IEnumerable<KernelCase> Cases => KernelCases.Full.Where(of => of.Operation == _operation);

    /// <summary>Makes the inputs and checks that ours is right.</summary>
    [GlobalSetup]
    public void Setup()
    {
        HeapReserve.Prepare(isQuick: false);
        torch.set_num_threads(Threads);
        var of = Cases.Single(of => of.Shape == Shape);
        _ours = of.Ours();
        _libtorch = of.Libtorch(ClipLayout.Default);
        _channelsLast = of.Libtorch(ClipLayout.ChannelsLast);
        var (forward, gradients) = KernelBench.Errors(of, [_ours]);
        if (KernelRow.IsWrong(forward[0]) || KernelRow.IsWrong(gradients[0]))
            throw new InvalidOperationException($"our result differs from float64: {forward[0]}, {gradients[0]}");
    }

    /// <summary>Releases the inputs.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var side in new[] { _ours, _libtorch, _channelsLast }) side?.Dispose();
    }

    /// <summary>libtorch, default layout.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory(Forward)]
    public void LibtorchForward() => _libtorch!.Forward();

    /// <summary>libtorch, channels-last strides.</summary>
    [Benchmark, BenchmarkCategory(Forward)]
    public void LibtorchChannelsLastForward() => _channelsLast!.Forward();

    /// <summary>Ours.</summary>
    [Benchmark, BenchmarkCategory(Forward)]
    public void OursForward() => _ours!.Forward();

    /// <summary>libtorch, default layout.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory(Gradients)]
    public void LibtorchGradients() => _libtorch!.ForwardBackward();

    /// <summary>libtorch, channels-last strides.</summary>
    [Benchmark, BenchmarkCategory(Gradients)]
    public void LibtorchChannelsLastGradients() => _channelsLast!.ForwardBackward();

    /// <summary>Ours.</summary>
    [Benchmark, BenchmarkCategory(Gradients)]
    public void OursGradients() => _ours!.ForwardBackward();
}
