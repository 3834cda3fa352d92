namespace MoViNetNAS.Search;

/// <summary>What a trial was evaluated for.</summary>
public enum TrialPhase
{
    /// <summary>A search step in which warm-up replaced decisions: the quality is not that of the genotype alone, so no front shows it.</summary>
    WarmUp,

    /// <summary>A search step: scored on the step's held-out batch.</summary>
    Search,

    /// <summary>A top candidate, scored on the whole held-out split when the search ended.</summary>
    Rescored,

    /// <summary>A uniformly drawn feasible architecture, scored like the top candidates.</summary>
    Baseline,

    /// <summary>An architecture of the evolution after the training, scored on the whole held-out split; the candidate's number is that of the target.</summary>
    Evolved,
}
