using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Frees the handles of gradients that were handed to libtorch's backward pass.</summary>
/// <remarks>TorchSharp copies them after our backward has returned and leaves the handles to the step's scope, where they
/// would keep the gradients of the whole network in memory until its end. On entry of the next backward of this thread the
/// copies have been made.</remarks>
internal static class ReturnedGradients
{
    [ThreadStatic]
    private static List<Tensor>? _pending;

    internal static void FreePrevious()
    {
        if (_pending is null) return;
        foreach (Tensor gradient in _pending) gradient.Dispose();
        _pending.Clear();
    }

    /// <summary>Moves <paramref name="gradient"/> out of the current scope, to live until the next <see cref="FreePrevious"/> or the
    /// end of the step's scope, whichever is first.</summary>
    internal static Tensor? Keep(Tensor? gradient)
    {
        if (gradient is null) return null;
        (_pending ??= []).Add(gradient.MoveToOuterDisposeScope());
        return gradient;
    }
}
