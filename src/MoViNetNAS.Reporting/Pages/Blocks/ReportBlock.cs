namespace MoViNetNAS.Reporting;

/// <summary>One thing in a section.</summary>
public abstract record ReportBlock
{
    private protected ReportBlock()
    {
    }

    /// <summary>The texts in it that may hold marks.</summary>
    public virtual IEnumerable<string> Texts => [];
}
