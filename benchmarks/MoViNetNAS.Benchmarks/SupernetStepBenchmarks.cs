using BenchmarkDotNet.Attributes;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Spaces;
using TorchSharp;

namespace MoViNetNAS.Benchmarks;

/// <summary>A search step without the controller: K architectures trained and scored.</summary>
public class SupernetStepBenchmarks
{
    private SupernetSide? _side;
    private IReadOnlyList<SubnetPath> _paths = [];

    /// <summary>Name of the space.</summary>
    [Params("tiny", "bench")]
    public string Space { get; set; } = "";

    /// <summary>Threads of both sides.</summary>
    [Params(1)]
    public int Threads { get; set; }

    /// <summary>Makes a supernet; every benchmark has its own.</summary>
    [GlobalSetup]
    public void Setup()
    {
        HeapReserve.Prepare(isQuick: false);
        torch.set_num_threads(Threads);
        var of = StepCase.Full().Single(of => of.Space.Name == Space);
        _side = new SupernetSide(of, of.Candidates);
        _paths = of.Paths();
    }

    /// <summary>Releases it.</summary>
    [GlobalCleanup]
    public void Cleanup() => _side?.Dispose();

    /// <summary>On libtorch's operators.</summary>
    [Benchmark(Baseline = true)]
    public void Libtorch() => LibtorchSide.Run(() => _side!.TrainAndScore(_paths));

    /// <summary>On our kernels.</summary>
    [Benchmark]
    public void Ours() => _side!.TrainAndScore(_paths);
}
