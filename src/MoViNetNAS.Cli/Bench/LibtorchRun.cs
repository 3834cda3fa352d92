namespace MoViNetNAS.Cli.Bench;

/// <summary>A stream every step of which runs on libtorch's operators.</summary>
internal sealed class LibtorchRun(IStreamRun run) : IStreamRun
{
    /// <inheritdoc/>
    public void Step() => LibtorchSide.Run(run.Step);

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();
}
