using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The stem's convolution in the autograd graph. Arguments: clip, matrix. No gradient flows to the clip.</summary>
internal sealed class StemFunction : SingleTensorFunction<StemFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(StemFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (clip, matrix) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.set_materialize_grads(false);
        ctx.save_for_backward([clip]);
        return StemConvolution.Forward(clip, matrix);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        ReturnedGradients.FreePrevious();
        if (grad_output.IsInvalid) return [null!, null!];
        using DisposeScope scope = NewDisposeScope();
        using var noGradient = no_grad();
        using Tensor dy = ChannelsLast.Ensure(grad_output);
        grad_output.Dispose(); // libtorch holds its own reference; this handle is ours alone
        return [null!, ReturnedGradients.Keep(StemConvolution.WeightGradient(ctx.get_saved_variables()[0], dy))!];
    }
}
