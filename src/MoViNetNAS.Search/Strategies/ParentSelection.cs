namespace MoViNetNAS.Search;

/// <summary>Who is preferred: as parents, or for longer training.</summary>
public enum ParentSelection
{
    /// <summary>The best in quality.</summary>
    Top,

    /// <summary>The least dominated in cost and quality, then the least crowded (NSGA-II).</summary>
    Pareto,
}
