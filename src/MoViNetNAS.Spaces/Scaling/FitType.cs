namespace MoViNetNAS.Spaces;

/// <summary>How a value of a network lies to the options of a space.</summary>
public enum FitType
{
    /// <summary>It is one of the options.</summary>
    Option,

    /// <summary>It lies between the smallest and the largest option, but is none of them.</summary>
    Between,

    /// <summary>It lies below, above, or is of a kind that the space has not.</summary>
    Outside,
}
