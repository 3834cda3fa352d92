using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A stand-alone network of the family, for whole clips or, when causal, for streams.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511); numbers follow the official code where paper and code differ.</remarks>
public sealed class MoViNet : nn.Module
{
    private readonly SubnetPath _path;
    private readonly Network network;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="architecture">Widths, kernels, strides.</param>
    /// <param name="variant">How layers are built.</param>
    /// <param name="classes">Outputs, at least 1.</param>
    /// <param name="first">First weights.</param>
    public MoViNet(Architecture architecture, NetworkVariant variant, int classes, FirstWeights first) : base(nameof(MoViNet))
    {
        (Architecture, Variant, Classes) = (architecture, variant, classes);
        _path = SubnetPath.Of(architecture);
        var shapes = architecture.Sites().Select(site => new BottleneckShape(
            site.InputWidth, site.Spec.Expansion, site.OutputWidth, [site.Spec.Kernel], site.Spec.HasSqueezeExcite, site.HasProjectedSkip));
        network = new Network(architecture, [.. shapes], variant, classes, hasRunningAverages: true, first);
        RegisterComponents();
    }

    /// <summary>The widths, kernels and strides it was built from.</summary>
    public Architecture Architecture { get; }

    /// <summary>How its layers are built.</summary>
    public NetworkVariant Variant { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>Classifies whole clips.</summary>
    /// <param name="clip">[B, 3, T, S, S], values in [0, 1].</param>
    /// <param name="mode">Statistics and chance; evaluation when null.</param>
    /// <returns>Logits [B, classes]; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The clip's shape is not [B, 3, T, S, S].</exception>
    public Tensor Classify(Tensor clip, ForwardMode? mode = null)
    {
        Check(clip);
        using var scope = NewDisposeScope();
        return network.Walk(clip, _path, mode ?? ForwardMode.Evaluation, state: null, out _).MoveToOuterDisposeScope();
    }

    /// <summary>The state of a stream before its first frame.</summary>
    /// <param name="batch">Streams side by side.</param>
    /// <param name="resolution">Rows and columns; the architecture's own when null.</param>
    /// <exception cref="InvalidOperationException">The network is not causal.</exception>
    public StreamState InitialState(long batch = 1, int? resolution = null)
    {
        if (!Variant.IsCausal) throw new InvalidOperationException($"The '{Variant.Name}' variant is not causal and cannot stream.");
        var empty = new LayerState(null, null);
        return new StreamState(batch, resolution ?? Architecture.Input.Resolution, 0, [.. Enumerable.Repeat(empty, Architecture.LayerCount)], null);
    }

    /// <summary>Takes the next frames of a stream.</summary>
    /// <param name="subclip">[B, 3, T, S, S], any number of frames T.</param>
    /// <param name="state">Where the stream stands; it is left as it was, the caller disposes it.</param>
    /// <param name="mode">Statistics and chance; evaluation when null.</param>
    /// <returns>Logits [B, classes] for all frames so far, and where the stream stands afterwards; the caller disposes both.</returns>
    /// <exception cref="ArgumentException">The shape of the sub-clip does not fit the state.</exception>
    public (Tensor Logits, StreamState Next) Step(Tensor subclip, StreamState state, ForwardMode? mode = null)
    {
        Check(subclip);
        if (subclip.shape[0] != state.Batch || subclip.shape[3] != state.Resolution || state.Layers.Length != Architecture.LayerCount)
        {
            throw new ArgumentException(
                $"The state is of {state.Batch} streams of {state.Resolution}x{state.Resolution} through {state.Layers.Length} layers; " +
                $"the sub-clip is [{string.Join(", ", subclip.shape)}], the network has {Architecture.LayerCount} layers.", nameof(subclip));
        }

        using var scope = NewDisposeScope();
        var logits = network.Walk(subclip, _path, mode ?? ForwardMode.Evaluation, state, out var next);
        foreach (var tensor in next!.Tensors) tensor.MoveToOuterDisposeScope();
        return (logits.MoveToOuterDisposeScope(), next);
    }

    internal Network Network => network;

    private static void Check(Tensor clip)
    {
        if (clip.dim() != 5 || clip.shape[1] != InputShape.Channels || clip.shape[2] < 1 || clip.shape[3] != clip.shape[4])
            throw new ArgumentException($"A clip has the shape [B, 3, T, S, S], not [{string.Join(", ", clip.shape)}].", nameof(clip));
    }
}
