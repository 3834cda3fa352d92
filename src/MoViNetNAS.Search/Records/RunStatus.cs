namespace MoViNetNAS.Search;

/// <summary>How far a run has come.</summary>
public enum RunStatus
{
    /// <summary>Going on, or ended without a word (killed): it can be resumed.</summary>
    Running,

    /// <summary>Ended.</summary>
    Completed,

    /// <summary>Stopped by the user; it can be resumed.</summary>
    Interrupted,

    /// <summary>Stopped by a fault, which the record names.</summary>
    Failed,
}
