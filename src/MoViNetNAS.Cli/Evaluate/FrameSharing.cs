namespace MoViNetNAS.Cli.Evaluate;

/// <summary>How the members of an ensemble share the frames of a stream.</summary>
internal enum FrameSharing
{
    /// <summary>All see the same ones, every n-th for n members.</summary>
    Same,

    /// <summary>They take turns.</summary>
    Alternate,

    /// <summary>Each sees clips of its own, as it was trained.</summary>
    Own,
}
