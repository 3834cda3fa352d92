namespace MoViNetNAS.Training;

/// <summary>Where a training stands.</summary>
/// <param name="Update">Updates made.</param>
/// <param name="Updates">Updates to make.</param>
/// <param name="Loss">Mean training loss since the last report.</param>
/// <param name="SecondsWaited">Seconds in which an update waited for clips.</param>
public sealed record TrainingReport(long Update, long Updates, double Loss, double SecondsWaited);
