namespace MoViNetNAS.Data;

/// <summary>What a part of a data set is for. The three parts share no source (person, camera, speaker).</summary>
public enum Split
{
    /// <summary>Trains the weights ("train" in a manifest).</summary>
    Weights,

    /// <summary>Scores architectures during a search ("val").</summary>
    Score,

    /// <summary>Used once, for the final figure ("test").</summary>
    Test,
}
