using MoViNetNAS.Models;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>One way to run a stream.</summary>
/// <param name="Name">"ours", "libtorch", "compiled".</param>
/// <param name="Open">Opens a stream of the network over frames [1, T, S, S, 3], the same in every step; the result takes a step at each call.</param>
internal sealed record StreamSide(string Name, Func<MoViNet, Tensor, IStreamRun> Open)
{
    /// <summary>The sides that are compared.</summary>
    public static IReadOnlyList<StreamSide> All { get; } =
    [
        new("compiled", (network, frames) => new CompiledRun(network, frames)),
        new("ours", (network, frames) => new SteppedRun(network, frames)),
        new("libtorch", (network, frames) => LibtorchSide.Run(() => new LibtorchRun(new SteppedRun(network, frames)))),
    ];
}
