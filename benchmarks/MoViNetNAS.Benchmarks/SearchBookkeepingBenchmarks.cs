using BenchmarkDotNet.Attributes;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Benchmarks;

/// <summary>What a search does beside the network.</summary>
public class SearchBookkeepingBenchmarks
{
    private const int Classes = 600, Points = 1_000_000;
    private const string CostCategory = "cost", PolicyCategory = "policy", FrontCategory = "front";

    private SearchSpace _space = null!;
    private CostTable _table = null!;
    private Controller _controller = null!;
    private RandomStream _random = null!;
    private Genotype _genotype = null!;
    private (double Cost, double Quality)[] _points = [];

    /// <summary>Name of the space.</summary>
    [Params("tiny", "a2")]
    public string Space { get; set; } = "";

    /// <summary>Makes policy, table and points.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _space = SpaceFiles.Load(Space);
        _table = new CostTable(_space, NetworkVariant.Causal, Classes, _space.Definition.Input);
        _controller = new Controller(_space, ControllerState.Start(_space.Decisions.Select(decision => decision.OptionCount)));
        _random = BenchContext.Random("bookkeeping");
        _genotype = _space.Sample(_random);
        _points = [.. Enumerable.Range(0, Points).Select(_ => (_random.Uniform(), _random.Uniform()))];
        if (CostByTable() != CostByModel()) throw new InvalidOperationException("the table's cost is not the model's");
    }

    /// <summary>The cost of a genotype, counted layer by layer.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory(CostCategory)]
    public long CostByModel() => CostModel.Of(_space.Resolve(_genotype), NetworkVariant.Causal, Classes).Macs;

    /// <summary>The cost of a genotype, looked up.</summary>
    [Benchmark, BenchmarkCategory(CostCategory)]
    public long CostByTable() => _table.Of(_genotype).Macs;

    /// <summary>Draw, cost and log-probability of a genotype.</summary>
    [Benchmark, BenchmarkCategory(PolicyCategory)]
    public double Draw()
    {
        int[] choices = _controller.Sample(_random);
        return _table.Of(_space.Genotype(choices)).Macs + _controller.LogProbability(choices);
    }

    /// <summary>The front of a million points.</summary>
    [Benchmark, BenchmarkCategory(FrontCategory)]
    public int Front() => ParetoFront.Of(_points, point => point.Cost, point => point.Quality).Length;
}
