namespace MoViNetNAS.Training;

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Update">Updates made at its end.</param>
/// <param name="Loss">Mean training loss of its updates.</param>
/// <param name="LearningRate">Rate of its last update.</param>
/// <param name="Top1">Top-1 on the score split in [0, 1]; null where it was not measured.</param>
/// <param name="Seconds">Seconds its updates took, scoring not counted.</param>
/// <param name="EndedUtc">When it ended.</param>
public sealed record EpochRecord(int Epoch, long Update, double Loss, double LearningRate, double? Top1, double Seconds, DateTimeOffset EndedUtc);
