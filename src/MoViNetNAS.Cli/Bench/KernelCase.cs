using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>An operation of the network at one size, computed by our kernels and by libtorch's.</summary>
/// <param name="Operation">"depthwise", "batch norm + swish", "pointwise".</param>
/// <param name="Shape">Kernel, channels, frames, rows x columns, what is special.</param>
/// <param name="Macs">Multiply-adds of a forward pass; null where it does not multiply and add.</param>
internal abstract record KernelCase(string Operation, string Shape, long? Macs)
{
    /// <summary>Our side, its inputs as the network has them: channels last.</summary>
    public KernelSide Ours() => Side(ClipLayout.ChannelsLast, float32, isOurs: true);

    /// <summary>libtorch's operator called as a network written with the framework alone would, its inputs in <paramref name="layout"/> already.</summary>
    /// <param name="layout">Of inputs and gradients.</param>
    /// <param name="type">float32, or float64 for what is right.</param>
    public KernelSide Libtorch(ClipLayout layout, ScalarType type = ScalarType.Float32) => Side(layout, type, isOurs: false);

    /// <summary>The side with its inputs made: the same values for every side.</summary>
    protected abstract KernelSide Side(ClipLayout layout, ScalarType type, bool isOurs);

    /// <summary>Random values in the layout and type of a side.</summary>
    protected Tensor Input(string name, ClipLayout layout, ScalarType type, params long[] shape)
    {
        var values = ClipLayouts.Normal(BenchContext.Random($"{Operation} {Shape} {name}"), shape).to(type);
        return shape.Length == 5 ? ClipLayouts.Of(values, layout) : values;
    }
}
