using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

/// <summary>Two matrices over the rough shape of a clip, without a norm, so that a sample's gradient does not depend on its neighbours.</summary>
internal sealed class NormlessNetwork : VideoNetwork
{
    private const int Cells = 3 * Tiny.Frames * 4 * 4, Hidden = 12;
    private readonly Parameter hidden;
    private readonly Parameter trap; // where it is 0, the loss is sound and its gradient NaN; it does nothing else
    private readonly Parameter weight;

    public NormlessNetwork() : base(nameof(NormlessNetwork), Design8, 8)
    {
        hidden = nn.Parameter(tensor(OptimizerCase.Numbers(Cells * Hidden, 1)).to(ScalarType.Float32).view(Cells, Hidden));
        weight = nn.Parameter(tensor(OptimizerCase.Numbers(Hidden * 8, 2)).to(ScalarType.Float32).view(Hidden, 8));
        trap = nn.Parameter(ones(1));
        RegisterComponents();
    }

    protected override Tensor Walk(Tensor clip, ForwardMode mode, StreamState? state, bool isPerFrame, out StreamState? next)
    {
        next = null;
        var cells = nn.functional.adaptive_avg_pool3d(clip, [Tiny.Frames, 4, 4]).reshape(clip.shape[0], Cells);
        return cells.matmul(hidden).tanh().matmul(weight) + trap.abs().sqrt() * 0;
    }

    private static NetworkDesign Design8 => new MoViNetDesign(Tiny.Space.Resolve(Tiny.Space.Parse("0:0:0:1:1:0:1:1:2:0:0:1:1:0:1")), NetworkVariant.Causal);
}
