namespace MoViNetNAS.Search;

/// <summary>Which reward a search uses.</summary>
public enum RewardType
{
    /// <summary><see cref="AbsoluteReward"/>.</summary>
    Absolute,

    /// <summary><see cref="SoftExponentialReward"/>.</summary>
    Soft,

    /// <summary><see cref="HardExponentialReward"/>.</summary>
    Hard,
}
