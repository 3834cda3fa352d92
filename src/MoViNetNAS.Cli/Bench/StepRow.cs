namespace MoViNetNAS.Cli.Bench;

/// <summary>A step of supernet training, timed on both sides.</summary>
/// <param name="Space">Name of the search space.</param>
/// <param name="Step">"train and score K" or "train one".</param>
/// <param name="Architectures">Architectures of the step.</param>
/// <param name="Batch">Clips of each architecture.</param>
/// <param name="Frames">Frames of a clip.</param>
/// <param name="Resolution">Rows and columns of a frame.</param>
/// <param name="Macs">Multiply-adds of the forward passes of all architectures over one training batch each.</param>
/// <param name="Threads">Threads of both sides.</param>
/// <param name="Ours">The network on our kernels.</param>
/// <param name="Libtorch">The same network on libtorch's operators.</param>
/// <param name="Ratio">libtorch's time over ours.</param>
internal sealed record StepRow(
    string Space, string Step, int Architectures, int Batch, int Frames, int Resolution, long Macs, int Threads, Spread Ours, Spread Libtorch,
    double Ratio);
