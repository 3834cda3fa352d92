using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Batch norm and activation in the autograd graph. Arguments: x, gamma, beta, call.</summary>
/// <remarks>Only x is kept for the backward pass; what it needs besides is computed again. Derivatives of second order are
/// not defined.</remarks>
internal sealed class BatchNormFunction : SingleTensorFunction<BatchNormFunction>
{
    private const string CallKey = "call";

    /// <inheritdoc/>
    public override string Name => nameof(BatchNormFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var x = (Tensor)vars[0];
        var call = (Call)vars[3];
        ctx.set_materialize_grads(false);
        ctx.save_data(CallKey, call);
        ctx.save_for_backward([x]);
        return BatchNormKernels.Forward(x, call.Mean, call.Scale, call.Shift, call.Activation);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        ReturnedGradients.FreePrevious();
        if (grad_output.IsInvalid) return [null!, null!, null!, null!];
        using DisposeScope scope = NewDisposeScope();
        using var noGradient = no_grad();
        var call = (Call)ctx.get_data(CallKey);
        Tensor x = ctx.get_saved_variables()[0];
        using Tensor dy = ChannelsLast.Ensure(grad_output);
        grad_output.Dispose(); // libtorch holds its own reference; this handle is ours alone
        (Tensor? dx, float[] gamma, float[] beta) = BatchNormKernels.Backward(
            x, dy, call.Mean, call.InverseDeviation, call.Scale, call.Shift, call.Activation, call.NeedsX);
        return
        [
            ReturnedGradients.Keep(dx)!,
            ReturnedGradients.Keep(call.NeedsGamma ? ChannelVector.ToTensor(gamma) : null)!,
            ReturnedGradients.Keep(call.NeedsBeta ? ChannelVector.ToTensor(beta) : null)!,
            null!,
        ];
    }

    /// <summary>What forward and backward share besides x. Arrays are by channel.</summary>
    internal sealed record Call(
        float[] Mean, float[] InverseDeviation, float[] Scale, float[] Shift, ActivationType? Activation,
        bool NeedsX, bool NeedsGamma, bool NeedsBeta);
}
