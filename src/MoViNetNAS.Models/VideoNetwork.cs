using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A network that classifies clips and, when causal, streams: a MoViNet or one it is compared with.</summary>
public abstract class VideoNetwork : nn.Module
{
    /// <summary>Share of its old running averages that a batch norm keeps in a training pass.</summary>
    public const double NormMomentum = 0.99;

    private CarriedShapes? _carried; // of the last resolution: every step asks

    /// <param name="name">Of the module.</param>
    /// <param name="design">What it is built from.</param>
    /// <param name="classes">Outputs, at least 1.</param>
    protected VideoNetwork(string name, NetworkDesign design, int classes) : base(name) => (Design, Classes) = (design, classes);

    /// <summary>What it was built from.</summary>
    public NetworkDesign Design { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>The network of a design, with fresh weights; the caller disposes it.</summary>
    public static VideoNetwork Of(NetworkDesign design, int classes, FirstWeights first) => design switch
    {
        MoViNetDesign moViNet => new MoViNet(moViNet.Architecture, moViNet.Variant, classes, first),
        ComparisonDesign comparison => new ComparisonNetwork(comparison, classes, first),
        _ => throw new ArgumentOutOfRangeException(nameof(design), design, "no network is made of such a design"),
    };

    /// <summary>Classifies whole clips.</summary>
    /// <param name="clip">[B, 3, T, S, S], values in [0, 1].</param>
    /// <param name="mode">Statistics and chance; evaluation when null.</param>
    /// <returns>Logits [B, classes]; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The clip's shape is not [B, 3, T, S, S], or S is too small for the strides.</exception>
    public Tensor Classify(Tensor clip, ForwardMode? mode = null)
    {
        Check(clip);
        using var scope = NewDisposeScope();
        return Walk(clip, mode ?? ForwardMode.Evaluation, state: null, isPerFrame: false, out _).MoveToOuterDisposeScope();
    }

    /// <summary>The state of a stream before its first frame: zeros.</summary>
    /// <param name="batch">Streams side by side.</param>
    /// <param name="resolution">Rows and columns; the design's own when null.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">The network cannot stream.</exception>
    public StreamState InitialState(long batch = 1, int? resolution = null)
    {
        if (!Design.CanStream) throw new InvalidOperationException($"The '{Design.VariantName}' variant is not causal and cannot stream.");
        int size = resolution ?? Design.Input.Resolution;
        return StreamState.Zero(Carried(size), batch, size, parameters().First().device);
    }

    /// <summary>Takes the next frames of a stream.</summary>
    /// <param name="subclip">[B, 3, T, S, S], any number of frames T.</param>
    /// <param name="state">Where the stream stands; it is left as it was, the caller disposes it.</param>
    /// <param name="mode">Statistics and chance; evaluation when null.</param>
    /// <returns>Logits [B, classes] for all frames so far, and where the stream stands afterwards; the caller disposes both.</returns>
    /// <exception cref="ArgumentException">The sub-clip does not fit the state, or the state the network.</exception>
    public (Tensor Logits, StreamState Next) Step(Tensor subclip, StreamState state, ForwardMode? mode = null) =>
        Advance(subclip, state, mode, isPerFrame: false);

    /// <summary>As <see cref="Step(Tensor, StreamState, ForwardMode?)"/>, with the logits after every frame: what steps of one frame would give.</summary>
    /// <returns>Logits [B, T, classes], and where the stream stands afterwards; the caller disposes both.</returns>
    /// <exception cref="ArgumentException">As there.</exception>
    public (Tensor Logits, StreamState Next) StepFrames(Tensor subclip, StreamState state, ForwardMode? mode = null) =>
        Advance(subclip, state, mode, isPerFrame: true);

    /// <summary>Walks a clip, or the next sub-clip of a stream.</summary>
    /// <param name="clip">[B, 3, T, S, S].</param>
    /// <param name="mode">Statistics and chance.</param>
    /// <param name="state">Where the stream stands; null for a whole clip.</param>
    /// <param name="isPerFrame">Whether logits after every frame are asked for.</param>
    /// <param name="next">Where it stands afterwards, when <paramref name="state"/> was given.</param>
    /// <returns>Logits [B, classes], or [B, T, classes].</returns>
    protected abstract Tensor Walk(Tensor clip, ForwardMode mode, StreamState? state, bool isPerFrame, out StreamState? next);

    private (Tensor Logits, StreamState Next) Advance(Tensor subclip, StreamState state, ForwardMode? mode, bool isPerFrame)
    {
        Check(subclip);
        if (!Design.CanStream) throw new InvalidOperationException($"The '{Design.VariantName}' variant is not causal and cannot stream.");
        if (state.Misfit(Carried((int)subclip.shape[3]), subclip.shape[0], (int)subclip.shape[3]) is { } misfit)
            throw new ArgumentException($"{misfit} The sub-clip is [{string.Join(", ", subclip.shape)}].", nameof(state));
        using var scope = NewDisposeScope();
        var logits = Walk(subclip, mode ?? ForwardMode.Evaluation, state, isPerFrame, out var next);
        foreach (var tensor in next!.Tensors) tensor.MoveToOuterDisposeScope();
        return (logits.MoveToOuterDisposeScope(), next);
    }

    private IReadOnlyList<StreamStateShape> Carried(int resolution)
    {
        if (_carried is { } known && known.Resolution == resolution) return known.Shapes;
        var shapes = Design.States(Classes, resolution);
        _carried = new CarriedShapes(resolution, shapes);
        return shapes;
    }

    private void Check(Tensor clip)
    {
        if (clip.dim() != 5 || clip.shape[1] != InputShape.Channels || clip.shape[2] < 1 || clip.shape[3] != clip.shape[4])
            throw new ArgumentException($"A clip has the shape [B, 3, T, S, S] with at least one frame, not [{string.Join(", ", clip.shape)}].", nameof(clip));
        if (clip.shape[3] < Design.MinimumResolution)
        {
            throw new ArgumentException(
                $"Frames of {clip.shape[3]}x{clip.shape[3]} are too small for the strides of {Design.Name}: at least {Design.MinimumResolution}x{Design.MinimumResolution}.", nameof(clip));
        }
    }

    // One reference, so that threads that step side by side never see half of it.
    private sealed record CarriedShapes(int Resolution, IReadOnlyList<StreamStateShape> Shapes);
}
