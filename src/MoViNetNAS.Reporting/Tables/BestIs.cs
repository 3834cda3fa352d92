namespace MoViNetNAS.Reporting;

/// <summary>Which value of a column is the best one.</summary>
public enum BestIs
{
    /// <summary>None: nothing is marked.</summary>
    Unranked,

    /// <summary>The largest: accuracies.</summary>
    Highest,

    /// <summary>The smallest: costs, errors.</summary>
    Lowest,
}
