namespace MoViNetNAS.Data;

/// <summary>Videos that are the same.</summary>
/// <param name="Ids">At least two, in the order of the annotations.</param>
/// <param name="IsOnePath">Whether they are one file listed twice, and not copies of the same content.</param>
/// <param name="AcrossSplits">Whether they are in more than one split: what is tested was trained on.</param>
/// <param name="AcrossClasses">Whether their labels differ.</param>
public sealed record DuplicateVideos(IReadOnlyList<string> Ids, bool IsOnePath, bool AcrossSplits, bool AcrossClasses);
