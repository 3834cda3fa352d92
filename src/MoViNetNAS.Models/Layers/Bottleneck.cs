using MoViNetNAS.Spaces;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>One layer of a block: expand, depthwise, squeeze-excite, project, ReZero, stochastic depth, skip.</summary>
/// <remarks>It holds one depthwise branch for each kernel it may be asked for: one in a stand-alone network, all of the space in a
/// supernet. Expand, project and squeeze-excite are shared by all branches and widths. Source: official MoViNet code,
/// MobileBottleneck; google-research/tunas 0c1bbe5.</remarks>
internal sealed class Bottleneck : nn.Module
{
    private readonly NetworkVariant _variant;
    private readonly KernelShape[] _kernels;
    private readonly Pointwise expand;
    private readonly Norm expandNorm;
    private readonly ModuleList<DepthwiseBranch> branches;
    private readonly SqueezeExcite? squeezeExcite;
    private readonly Pointwise project;
    private readonly Norm projectNorm;
    private readonly Parameter residualScale;
    private readonly SkipPath? skip;

    public Bottleneck(BottleneckShape shape, NetworkVariant variant, bool hasRunningAverages, FirstWeights initialization)
        : base(nameof(Bottleneck))
    {
        var random = initialization.Random;
        _variant = variant;
        _kernels = [.. shape.Kernels];
        expand = new Pointwise(shape.InputWidth, shape.Expansion, random.Derive("expand"));
        expandNorm = new Norm(shape.Expansion, hasRunningAverages);
        branches = new ModuleList<DepthwiseBranch>(
            [.. shape.Kernels.Select(kernel => new DepthwiseBranch(shape.Expansion, kernel, variant, hasRunningAverages, random.Derive($"kernel {kernel}")))]);
        if (shape.HasSqueezeExcite) squeezeExcite = new SqueezeExcite(shape.Expansion, variant, random.Derive("se"));
        project = new Pointwise(shape.Expansion, shape.OutputWidth, random.Derive("project"));
        projectNorm = new Norm(shape.OutputWidth, hasRunningAverages);
        residualScale = Initialization.Constant(initialization.ResidualScale);
        if (shape.HasProjectedSkip) skip = new SkipPath(shape.InputWidth, shape.OutputWidth, hasRunningAverages, random.Derive("skip"));
        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, outputWidth, T, ceil(H/s), ceil(W/s)].</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="site">Widths and stride.</param>
    /// <param name="active">Branches whose outputs are averaged.</param>
    /// <param name="mode">Statistics.</param>
    /// <param name="dropRate">Probability with which a sample's residual branch is dropped (stochastic depth).</param>
    /// <param name="random">Chooses the samples that are dropped.</param>
    /// <param name="state">What the stream carries for this layer; null for a whole clip.</param>
    /// <param name="framesBefore">Frames before x.</param>
    /// <param name="next">The layer's state after x, when <paramref name="state"/> was given.</param>
    public Tensor Apply(
        Tensor x, LayerSite site, LayerBranches active, NormMode mode, double dropRate, RandomStream? random, LayerState? state,
        long framesBefore, out LayerState? next)
    {
        bool isStream = state is not null;
        var h = expandNorm.Apply(expand.Apply(x, site.Spec.Expansion), _variant.Activation, mode);
        Tensor? nextBuffer = null, nextPool = null;
        h = Mean(active.Kernels, kernel =>
            branches[Array.IndexOf(_kernels, kernel)].Apply(h, site.Stride, mode, state?.StreamBuffer, isStream, out nextBuffer));
        var features = h;
        h = Mean(active.SqueezeExcite, isOn => isOn && squeezeExcite is not null
            ? squeezeExcite.Apply(features, state?.PoolSum, framesBefore, isStream, out nextPool)
            : features.alias());
        h = projectNorm.Apply(project.Apply(h, site.OutputWidth), null, mode);
        var scale = residualScale.alias();
        if (dropRate > 0) scale = scale * Keep(x.shape[0], dropRate, random!).to(x.device);
        var identity = SkipOf(x, site, mode);
        next = state is null || nextBuffer is null && nextPool is null ? null : new LayerState(site.Name, nextBuffer, nextPool);
        return addcmul(identity, h, scale.For(h), value: Scalars.Of(1));
    }

    /// <summary>The parameters that such a pass uses.</summary>
    public IEnumerable<Parameter> ParametersOf(LayerSite site, LayerBranches active)
    {
        IEnumerable<nn.Module?> used =
        [
            expand, expandNorm, .. active.Kernels.Distinct().Select(kernel => branches[Array.IndexOf(_kernels, kernel)]),
            active.SqueezeExcite.Contains(true) ? squeezeExcite : null, project, projectNorm, site.HasProjectedSkip ? skip : null,
        ];
        return used.OfType<nn.Module>().SelectMany(module => module.parameters()).Append(residualScale);
    }

    private Tensor SkipOf(Tensor x, LayerSite site, NormMode mode)
    {
        if (site.HasProjectedSkip) return skip!.Apply(x, site.OutputWidth, site.Stride, mode);
        return x;
    }

    // [B, 1, 1, 1, 1]: 0 for dropped samples, 1 / (1 - rate) for kept ones.
    internal static Tensor Keep(long batch, double rate, RandomStream random)
    {
        var factors = new float[batch];
        for (int i = 0; i < batch; i++) factors[i] = random.Chance(rate) ? 0 : (float)(1 / (1 - rate));
        return tensor(factors, [batch, 1, 1, 1, 1]);
    }

    private static Tensor Mean<T>(IReadOnlyList<T> options, Func<T, Tensor> output)
    {
        var sum = output(options[0]);
        if (options.Count == 1) return sum;
        for (int i = 1; i < options.Count; i++) sum = sum.Plus(output(options[i]));
        return sum.div(Scalars.Of(options.Count));
    }
}
