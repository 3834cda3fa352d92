namespace MoViNetNAS.Reporting;

/// <summary>What a part of a text is.</summary>
public enum RichSpanKind
{
    /// <summary>Words.</summary>
    Words,

    /// <summary>A path, command, genotype or hash.</summary>
    Code,

    /// <summary>The key of a cited work.</summary>
    Citation,

    /// <summary>The id of a figure or table of the page.</summary>
    Label,
}
