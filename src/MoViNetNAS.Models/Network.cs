using MoViNetNAS.Spaces;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The modules of a network and the walk through them; a stand-alone network and a supernet differ only in how much each layer holds.</summary>
internal sealed class Network : nn.Module
{
    private readonly ActivationType _activation;
    private readonly int[] _firstLayerOfBlock;
    private readonly Stem stem;
    private readonly ModuleList<Bottleneck> layers;
    private readonly Head head;

    /// <param name="largest">Widths and depths to hold.</param>
    /// <param name="shapes">One for each layer of <paramref name="largest"/>.</param>
    /// <param name="variant">How layers are built.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="hasRunningAverages">False for a supernet.</param>
    /// <param name="first">First weights.</param>
    public Network(
        Architecture largest, IReadOnlyList<BottleneckShape> shapes, NetworkVariant variant, int classes, bool hasRunningAverages,
        FirstWeights first) : base(nameof(Network))
    {
        _activation = variant.Activation;
        _firstLayerOfBlock = [.. largest.Blocks.Select((_, b) => largest.Blocks.Take(b).Sum(block => block.Layers.Length))];
        stem = new Stem(largest.StemWidth, hasRunningAverages, first.Random.Derive("stem"));
        layers = new ModuleList<Bottleneck>(
            [.. shapes.Select((shape, i) => new Bottleneck(shape, variant, hasRunningAverages, first.Derive("layer", i)))]);
        head = new Head(
            largest.Blocks[^1].Width, largest.HeadWidth, largest.DenseWidth, classes, variant, hasRunningAverages, first.Random.Derive("head"));
        RegisterComponents();
    }

    /// <summary>Walks a clip, or the next sub-clip of a stream, along a path.</summary>
    /// <param name="clip">[B, 3, T, S, S].</param>
    /// <param name="path">Which widths, depths and branches.</param>
    /// <param name="mode">Statistics, chance and rounding.</param>
    /// <param name="state">Where the stream stands; null for a whole clip.</param>
    /// <param name="isPerFrame">Whether logits after every frame are asked for.</param>
    /// <param name="next">Where it stands afterwards, when <paramref name="state"/> was given.</param>
    /// <returns>Logits [B, classes], or [B, T, classes].</returns>
    public Tensor Walk(Tensor clip, SubnetPath path, ForwardMode mode, StreamState? state, bool isPerFrame, out StreamState? next) =>
        Walk(clip, path, mode, state, isPerFrame, out next, _ => { });

    /// <summary>The parameters that a walk along <paramref name="path"/> uses.</summary>
    public IEnumerable<Parameter> ParametersOf(SubnetPath path) =>
    [
        .. stem.parameters(),
        .. path.Architecture.Sites().SelectMany(site =>
            layers[_firstLayerOfBlock[site.Block] + site.Layer].ParametersOf(site, path.Branches[site.Ordinal - 1])),
        .. head.parameters(),
    ];

    /// <summary>As the other walk; <paramref name="seeLayer"/> is shown the output of every bottleneck layer.</summary>
    internal Tensor Walk(
        Tensor clip, SubnetPath path, ForwardMode mode, StreamState? state, bool isPerFrame, out StreamState? next, Action<Tensor> seeLayer)
    {
        var architecture = path.Architecture;
        long framesBefore = state?.FrameCount ?? 0;
        var x = stem.Apply(clip.In(mode.Precision), architecture.StemWidth, _activation, mode.Norm);
        var states = new Dictionary<string, LayerState>();
        foreach (var site in architecture.Sites((int)clip.shape[3]))
        {
            double dropRate = mode.StochasticDepthRate * site.Ordinal / architecture.LayerCount;
            x = layers[_firstLayerOfBlock[site.Block] + site.Layer].Apply(
                x, site, path.Branches[site.Ordinal - 1], mode.Norm, dropRate, mode.Random, state?.Layer(site.Name), framesBefore, out var nextLayer);
            if (nextLayer is not null) states.Add(site.Name, nextLayer);
            seeLayer(x);
        }

        var logits = head.Apply(x, architecture.HeadWidth, mode, state?.Layer(StreamStateShape.Head).PoolSum, framesBefore, isPerFrame, out var sum);
        next = null;
        if (state is null) return logits;
        states.Add(StreamStateShape.Head, new LayerState(StreamStateShape.Head, null, sum));
        next = new StreamState(state.Shapes, state.Batch, state.Resolution, framesBefore + clip.shape[2], states);
        return logits;
    }
}
