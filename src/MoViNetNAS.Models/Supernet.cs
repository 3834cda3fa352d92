using MoViNetNAS.Spaces;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>One network that holds every architecture of a space, weights shared.</summary>
/// <remarks>Narrower networks use the first rows and columns of the widest pointwise kernels; each kernel shape has its own depthwise
/// kernel and batch norm; batch norms use batch statistics always. A forward pass takes the path: the supernet is never "set" to an
/// architecture. Source: TuNAS (arXiv 2008.06120), sections 3 and 4; widths are sliced, not masked, so time follows the path.</remarks>
public sealed class Supernet : nn.Module
{
    private readonly Network network;

    /// <summary>Builds the supernet with fresh weights.</summary>
    /// <param name="space">What it must hold.</param>
    /// <param name="variant">How layers are built.</param>
    /// <param name="classes">Outputs, at least 1.</param>
    /// <param name="first">First weights.</param>
    public Supernet(SearchSpace space, NetworkVariant variant, int classes, FirstWeights first) : base(nameof(Supernet))
    {
        (Space, Variant, Classes) = (space, variant, classes);
        var largest = space.Largest();
        var shapes = largest.Sites().Select(site =>
        {
            var choices = space.Definition.Blocks[site.Block].Choices;
            return new BottleneckShape(
                site.InputWidth, site.Spec.Expansion, site.OutputWidth, choices.Kernels, variant.SqueezeExcite != SqueezeExciteType.None && choices.SqueezeExcite.Contains(true),
                HasProjectedSkip: site.Layer == 0); // a first layer's widths may or may not be equal, depending on the path
        });
        network = new Network(largest, [.. shapes], variant, classes, hasRunningAverages: false, first);
        RegisterComponents();
    }

    /// <summary>What it holds.</summary>
    public SearchSpace Space { get; }

    /// <summary>How its layers are built.</summary>
    public NetworkVariant Variant { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>Classifies clips along a path, with batch statistics.</summary>
    /// <param name="clip">[B, 3, T, S, S], values in [0, 1].</param>
    /// <param name="path">A path of <see cref="Space"/>.</param>
    /// <param name="precision">What convolutions compute in.</param>
    /// <returns>Logits [B, classes], float32; the caller disposes them.</returns>
    public Tensor Classify(Tensor clip, SubnetPath path, Precision precision = Precision.Float32)
    {
        using var scope = NewDisposeScope();
        var mode = ForwardMode.Batch with { Precision = precision };
        return network.Walk(clip, path, mode, state: null, isPerFrame: false, out _).MoveToOuterDisposeScope();
    }

    /// <summary>The parameters that a pass along <paramref name="path"/> uses, each once; they stay the supernet's.</summary>
    public IEnumerable<Parameter> ParametersOf(SubnetPath path) => network.ParametersOf(path);

    /// <summary>Copies the shared weights of an architecture into a network of its own; running averages of norms there are none to copy.</summary>
    /// <param name="target">Of an architecture of <see cref="Space"/>, the same variant and as many classes.</param>
    /// <exception cref="ArgumentException">The variant or the number of classes is another.</exception>
    public void CopyTo(MoViNet target)
    {
        if (target.Variant != Variant || target.Classes != Classes)
            throw new ArgumentException($"The target is '{target.Variant.Name}' with {target.Classes} classes, the supernet '{Variant.Name}' with {Classes}.", nameof(target));
        SupernetSlices.Copy(this, target);
    }
}
