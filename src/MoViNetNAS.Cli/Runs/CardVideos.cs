using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>How a network wants its videos scaled and cropped.</summary>
internal static class CardVideos
{
    /// <summary>As the evaluation transform of its training made them; for imported and fresh networks, as the official evaluation does.</summary>
    /// <param name="card">The network's card; null for a network by name.</param>
    /// <param name="input">Frames and resolution.</param>
    public static (VideoFit Fit, double CropMargin) Of(ModelCard? card, InputShape input)
    {
        if (card is not { Experiment.Length: > 0 })
            return (VideoFit.Crop, (double)ReleasedArchitectures.EvaluationShortSide(input.Resolution) / input.Resolution);
        var folder = ConfigDocument.Bind($"the plan of '{card.Name}'", card.Experiment, TrainingPlan.Read).Data as VideoFolderSettings;
        return (folder?.Fit ?? VideoFit.Crop, folder?.CropMargin ?? 1);
    }
}
