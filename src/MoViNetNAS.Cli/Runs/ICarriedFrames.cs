using MoViNetNAS.Models;

namespace MoViNetNAS.Cli.Runs;

/// <summary>A frame classifier whose stream can be left and gone on with.</summary>
internal interface ICarriedFrames : IFrameClassifier
{
    /// <summary>Where the stream stands; the caller disposes it.</summary>
    StreamState State();

    /// <summary>Goes on where a stream of the same network stood.</summary>
    /// <param name="state">It stays the caller's.</param>
    void Restore(StreamState state);
}
