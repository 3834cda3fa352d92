namespace MoViNetNAS.Cli.Bench;

/// <summary>An open stream.</summary>
internal interface IStreamRun : IDisposable
{
    /// <summary>Takes the next frames and reads the logits.</summary>
    void Step();
}
