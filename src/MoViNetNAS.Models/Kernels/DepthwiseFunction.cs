using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The depthwise convolution in the autograd graph. Arguments: x, weight, stream buffer or null, geometry.</summary>
/// <remarks>Derivatives of second order are not defined: the gradients are constants to autograd.</remarks>
internal sealed class DepthwiseFunction : SingleTensorFunction<DepthwiseFunction>
{
    private const string CallKey = "call";

    /// <inheritdoc/>
    public override string Name => nameof(DepthwiseFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var x = (Tensor)vars[0];
        var weight = (Tensor)vars[1];
        var call = (Call)vars[2];
        ctx.set_materialize_grads(false);
        ctx.save_data(CallKey, call);
        ctx.save_for_backward(call.Buffer is null ? [x, weight] : [x, weight, call.Buffer]);
        Tensor y = DepthwiseKernels.Forward(call.Geometry, x, weight, call.Buffer);
        call.Buffer = null; // saved by the context; held here it would outlive its scope
        return y;
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
        (Tensor? dx, Tensor? dw) = DepthwiseKernels.Backward(
            call.Geometry, saved[0], saved[1], saved.Count > 2 ? saved[2] : null, dy, call.NeedsX, call.NeedsWeight);
        return [ReturnedGradients.Keep(dx)!, ReturnedGradients.Keep(dw)!, null!];
    }

    /// <summary>What forward and backward share besides tensors.</summary>
    internal sealed class Call(DepthwiseGeometry geometry, bool needsX, bool needsWeight, Tensor? buffer)
    {
        internal DepthwiseGeometry Geometry => geometry;

        internal bool NeedsX => needsX;

        internal bool NeedsWeight => needsWeight;

        internal Tensor? Buffer { get; set; } = buffer;
    }
}
