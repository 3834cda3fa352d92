using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The pointwise convolution in the autograd graph. Arguments: x, weight, call.</summary>
/// <remarks>Derivatives of second order are not defined: the gradients are constants to autograd.</remarks>
internal sealed class PointwiseFunction : SingleTensorFunction<PointwiseFunction>
{
    private const string CallKey = "call";

    /// <inheritdoc/>
    public override string Name => nameof(PointwiseFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (x, weight, call) = ((Tensor)vars[0], (Tensor)vars[1], (Call)vars[2]);
        ctx.set_materialize_grads(false);
        ctx.save_data(CallKey, call);
        ctx.save_for_backward([x, weight]);
        return PointwiseConvolution.Forward(x, weight);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        ReturnedGradients.FreePrevious();
        if (grad_output.IsInvalid) return [null!, null!, null!];
        using DisposeScope scope = NewDisposeScope();
        using var noGradient = no_grad();
        var call = (Call)ctx.get_data(CallKey);
        List<Tensor> saved = ctx.get_saved_variables();
        using Tensor dy = ChannelsLast.Ensure(grad_output);
        grad_output.Dispose(); // libtorch holds its own reference; this handle is ours alone
        return
        [
            ReturnedGradients.Keep(call.NeedsX ? PointwiseConvolution.InputGradient(dy, saved[1]) : null)!,
            ReturnedGradients.Keep(call.NeedsWeight ? PointwiseConvolution.WeightGradient(saved[0], dy) : null)!,
            null!,
        ];
    }

    /// <summary>Which gradients are wanted.</summary>
    internal sealed record Call(bool NeedsX, bool NeedsWeight);
}
