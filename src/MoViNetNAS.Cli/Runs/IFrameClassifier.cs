namespace MoViNetNAS.Cli.Runs;

/// <summary>Classifies a video while its frames come in.</summary>
internal interface IFrameClassifier : IDisposable
{
    /// <summary>Takes the next frame.</summary>
    /// <param name="frame">[S, S, 3].</param>
    /// <param name="elapsed">Time in the network.</param>
    /// <returns>Logits of the classes, for all frames so far.</returns>
    float[] Classify(byte[] frame, out TimeSpan elapsed);
}
