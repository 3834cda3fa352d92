using MoViNetNAS.Data;

namespace MoViNetNAS.Training;

/// <summary>A public data set as its publishers count it: what a training can be planned with before the videos are there.</summary>
/// <param name="Name">What the name of an experiment on it begins with.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Classes">Classes.</param>
/// <param name="TrainingClips">Clips of the training split.</param>
/// <param name="EvaluationClips">Clips of the validation split.</param>
/// <remarks>Source of the counts: data set configurations of the official MoViNet code. Videos vanish: what can be fetched today is less.</remarks>
public sealed record PublishedDataset(string Name, string Title, int Classes, int TrainingClips, int EvaluationClips)
{
    /// <summary>Kinetics in its four releases.</summary>
    public static IReadOnlyList<PublishedDataset> All { get; } =
    [
        new("kinetics400", "Kinetics 400", 400, 215_570, 17_706),
        new("kinetics600", "Kinetics 600", 600, 366_016, 27_780),
        new("kinetics700", "Kinetics 700", 700, 522_883, 33_441),
        new("kinetics700-2020", "Kinetics 700-2020", 700, 535_982, 33_640),
    ];

    /// <summary>The data set that an experiment's data and name say; null when they say none.</summary>
    /// <param name="experiment">Name of the experiment, as "kinetics600-a0-base".</param>
    /// <param name="data">Its data: all releases of Kinetics lie alike, so the name has to tell them apart.</param>
    public static PublishedDataset? Of(string experiment, DataSettings data) => data is not VideoFolderSettings { Layout: KineticsLayout }
        ? null
        : All.Where(known => $"{experiment}-".StartsWith($"{known.Name}-", StringComparison.Ordinal)).MaxBy(known => known.Name.Length);
}
