using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>The operations of a stream in order, each bound to its memory.</summary>
internal sealed unsafe class StreamProgram : IDisposable
{
    private readonly StreamScratch _scratch;
    private readonly List<StreamOperation> _operations = [];
    private readonly List<IDisposable> _owned = [];
    private readonly Dictionary<int, PositionTable> _encodings = [];

    public StreamProgram(CompiledNetwork network, StreamMemory memory, StreamClock clock, int resolution)
    {
        LayerSite[] sites = [.. network.Architecture.Sites(resolution)];
        _scratch = new StreamScratch(network, sites, resolution, clock.Batch * clock.MostFrames);
        Stem = Own(new StemOperation(clock, network.Stem, resolution, _scratch.Turn(0)));
        _operations.Add(Stem);
        for (int i = 0; i < sites.Length; i++) AddLayer(clock, sites[i], network.Layers[i], network.Variant, memory.Layers[i]);
        int positions = sites[^1].OutputSize * sites[^1].OutputSize;
        var head = Own(new HeadOperation(clock, network.Head, positions, _scratch.Turn(sites.Length), _scratch.Expanded, memory.HeadPool));
        _operations.Add(head);
        Classifier = Own(new ClassifierOperation(clock, network, memory.HeadPool));
        _operations.Add(Classifier);
        Operations = [.. _operations];
        ScratchBytes = _scratch.Bytes + sizeof(float) * (Stem.ScratchFloats + head.ScratchFloats + Classifier.ScratchFloats
            + Operations.OfType<SqueezeExciteOperation>().Sum(operation => operation.ScratchFloats));
    }

    /// <summary>One for each of <see cref="CompiledNetwork.Operations"/>.</summary>
    public StreamOperation[] Operations { get; }

    public StemOperation Stem { get; }

    public ClassifierOperation Classifier { get; }

    public long ScratchBytes { get; }

    public void Dispose()
    {
        foreach (var owned in _owned) owned.Dispose();
        _scratch.Dispose();
    }

    private void AddLayer(StreamClock clock, LayerSite site, CompiledLayer layer, NetworkVariant variant, LayerMemory memory)
    {
        FrameMemory input = _scratch.Turn(site.Ordinal - 1), output = _scratch.Turn(site.Ordinal);
        int before = site.InputSize * site.InputSize, after = site.OutputSize * site.OutputSize;

        // The operation before a temporal kernel writes into the kernel's ring.
        bool isWholeTemporal = layer.Depthwise.Kernel.Temporal > 1;
        var expanded = isWholeTemporal ? memory.Ring : _scratch.Expanded;
        _operations.Add(new PointwiseOperation(clock, layer.Expand, before, input, expanded));
        var features = _scratch.Convolved;
        if (layer.Temporal is { } temporal)
        {
            features = _scratch.Expanded;
            _operations.Add(new SequenceOperation(
                clock,
                new DepthwiseOperation(clock, layer.Depthwise, site.InputSize, site.Stride, expanded, memory.Ring),
                new DepthwiseOperation(clock, temporal, site.OutputSize, 1, memory.Ring, features)));
        }
        else
        {
            _operations.Add(new DepthwiseOperation(clock, layer.Depthwise, site.InputSize, site.Stride, expanded, features));
        }

        if (layer.Gate is not null)
        {
            var encoding = layer.PositionScale is null ? null : Encoding(layer.Reduce!.Depth, clock.MostFrames);
            _operations.Add(Own(new SqueezeExciteOperation(
                clock, layer, variant.SqueezeExcite, after, features, (float*)memory.Pool, encoding)));
        }

        var residual = input;
        if (layer.Skip is { } skip)
        {
            bool isHalved = site.Stride > 1;
            residual = _scratch.Skipped;
            var project = new PointwiseOperation(clock, skip, after, isHalved ? _scratch.Pooled : input, residual);
            _operations.Add(isHalved
                ? new SequenceOperation(clock, new HalvingOperation(clock, site.InputWidth, site.InputSize, input, _scratch.Pooled), project)
                : project);
        }

        _operations.Add(new PointwiseOperation(clock, layer.Project, after, features, output, residual));
    }

    private PositionTable Encoding(int channels, int frames)
    {
        if (!_encodings.TryGetValue(channels, out var table)) _encodings.Add(channels, table = new PositionTable(channels, frames));
        return table;
    }

    private T Own<T>(T operation)
        where T : IDisposable
    {
        _owned.Add(operation);
        return operation;
    }
}
