namespace MoViNetNAS.Search;

/// <summary>What a test holds against the hypothesis of no difference.</summary>
public enum Alternative
{
    /// <summary>A difference in either direction.</summary>
    TwoSided,

    /// <summary>The first side is larger.</summary>
    Greater,

    /// <summary>The first side is smaller.</summary>
    Less,
}
