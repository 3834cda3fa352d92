namespace MoViNetNAS.Reporting;

/// <summary>The answer to a point of a checklist.</summary>
public enum ChecklistAnswer
{
    /// <summary>Done, as the evidence says.</summary>
    Yes,

    /// <summary>Done for a part.</summary>
    Partly,

    /// <summary>Not done, or nothing of it is in the records.</summary>
    No,

    /// <summary>Does not apply.</summary>
    NotApplicable,
}
