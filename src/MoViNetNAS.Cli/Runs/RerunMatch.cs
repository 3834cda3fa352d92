namespace MoViNetNAS.Cli.Runs;

/// <summary>How a part of a repeated run compares with the first.</summary>
internal enum RerunMatch
{
    /// <summary>Every bit is.</summary>
    Same,

    /// <summary>At least one bit is not.</summary>
    Different,

    /// <summary>The first run's was not kept.</summary>
    Unknown,
}
