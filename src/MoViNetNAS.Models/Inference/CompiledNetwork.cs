using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>A trained causal network made ready for streams on the CPU: batch norms folded away, weights packed for the kernels.</summary>
/// <remarks>Immutable: it keeps the weights of the moment it was made, whatever becomes of the network, and may be shared by many
/// streams and threads. float32; logits agree with <see cref="VideoNetwork.Step(TorchSharp.torch.Tensor, StreamState, ForwardMode?)"/> to about 1e-6 of the largest.</remarks>
public sealed class CompiledNetwork : IDisposable
{
    private CompiledNetwork(MoViNet network)
    {
        (Architecture, Variant, Classes) = (network.Architecture, network.Variant, network.Classes);
        var weights = new FoldedWeights(network);
        var activation = Epilogues.Of(Variant.Activation);
        Stem = weights.Stem("network.stem", activation);
        Layers = [.. Architecture.Sites().Select(site => new CompiledLayer(site, Variant, weights))];
        Head = weights.Pointwise("network.head.project", "network.head.norm", activation);
        Dense = weights.Dense("network.head.dense", Epilogues.Of(Variant.ClassifierActivation));
        Classifier = weights.Dense("network.head.classifier", Epilogue.None);
        Operations =
        [
            new CompiledOperation("stem", "stem"),
            .. Architecture.Sites().SelectMany(site => Parts(site, Variant)),
            new CompiledOperation("head", "head"),
            new CompiledOperation("classifier", "classifier"),
        ];
    }

    /// <summary>The widths, kernels and strides it was built from.</summary>
    public Architecture Architecture { get; }

    /// <summary>How its layers are built.</summary>
    public NetworkVariant Variant { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>What a step does, in this order.</summary>
    public IReadOnlyList<CompiledOperation> Operations { get; }

    /// <summary>Bytes of the packed weights.</summary>
    public long Bytes => Stem.Bytes + Layers.Sum(layer => layer.Bytes) + Head.Bytes + Dense.Bytes + Classifier.Bytes;

    internal bool IsDisposed { get; private set; }

    internal PackedMatrix Stem { get; }

    internal IReadOnlyList<CompiledLayer> Layers { get; }

    internal PackedMatrix Head { get; }

    internal PackedMatrix Dense { get; }

    internal PackedMatrix Classifier { get; }

    /// <summary>Whether <see cref="Of"/> takes a network.</summary>
    public static bool Takes(VideoNetwork network) =>
        network is MoViNet { Variant: { CanStream: true, HeadPooling: HeadPooling.Pool3d } };

    /// <summary>Compiles a network, on any device.</summary>
    /// <param name="network">A causal network; it stays the caller's, and later changes of it do not reach the compiled one.</param>
    /// <exception cref="InvalidOperationException">The network is not causal, or its head averages logits and not features.</exception>
    public static CompiledNetwork Of(MoViNet network)
    {
        if (network.Variant.HeadPooling != HeadPooling.Pool3d)
            throw new InvalidOperationException($"Only heads that average features over space and time are compiled, not {network.Variant.HeadPooling}.");
        if (!network.Variant.CanStream)
            throw new InvalidOperationException($"The '{network.Variant.Name}' variant cannot stream.");
        return new CompiledNetwork(network);
    }

    /// <summary>Opens a stream at its beginning; the caller disposes it, before the network.</summary>
    /// <param name="batch">Streams side by side, at least 1.</param>
    /// <param name="resolution">Rows and columns of the frames, at least 1; the architecture's own when null.</param>
    /// <param name="framesPerStep">Most frames that a step may take, at least 1. Memory and, a little, the work of a step grow with it.</param>
    /// <remarks>A stream runs on as many threads as libtorch had (<c>torch.get_num_threads</c>) when it was opened.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public CompiledStream Open(int batch = 1, int? resolution = null, int framesPerStep = 1)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        int size = resolution ?? Architecture.Input.Resolution;
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(resolution));
        ArgumentOutOfRangeException.ThrowIfLessThan(framesPerStep, 1);
        return new CompiledStream(this, batch, size, framesPerStep);
    }

    /// <summary>Releases the weights; streams that are still open refuse further steps. No step may be running.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        foreach (var layer in Layers) layer.Dispose();
        foreach (var matrix in new[] { Stem, Head, Dense, Classifier }) matrix.Dispose();
    }

    private static IEnumerable<CompiledOperation> Parts(LayerSite site, NetworkVariant variant)
    {
        yield return new CompiledOperation(site.Name, "expand");
        yield return new CompiledOperation(site.Name, "depthwise");
        if (variant.HasSqueezeExcite(site.Spec)) yield return new CompiledOperation(site.Name, "se");
        if (site.HasProjectedSkip) yield return new CompiledOperation(site.Name, "skip");
        yield return new CompiledOperation(site.Name, "project");
    }
}
