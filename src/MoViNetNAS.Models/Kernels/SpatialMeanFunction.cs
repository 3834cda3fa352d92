using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The spatial mean in the autograd graph. Arguments: x, its height, its width.</summary>
internal sealed class SpatialMeanFunction : SingleTensorFunction<SpatialMeanFunction>
{
    private const string HeightKey = "height", WidthKey = "width";

    /// <inheritdoc/>
    public override string Name => nameof(SpatialMeanFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        ctx.set_materialize_grads(false);
        ctx.save_data(HeightKey, vars[1]);
        ctx.save_data(WidthKey, vars[2]);
        return SpatialMean.Forward((Tensor)vars[0]);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        ReturnedGradients.FreePrevious();
        if (grad_output.IsInvalid) return [null!, null!, null!];
        using DisposeScope scope = NewDisposeScope();
        using var noGradient = no_grad();
        using Tensor dy = grad_output.contiguous();
        grad_output.Dispose(); // libtorch holds its own reference; this handle is ours alone
        return [ReturnedGradients.Keep(SpatialMean.Backward(dy, (long)ctx.get_data(HeightKey), (long)ctx.get_data(WidthKey)))!, null!, null!];
    }
}
