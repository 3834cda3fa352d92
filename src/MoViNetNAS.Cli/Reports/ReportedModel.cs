using System.Text.Json;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Reports;

/// <summary>A network that was trained by itself, with all that its record says.</summary>
/// <param name="Record">The record.</param>
/// <param name="Plan">What the training was a function of.</param>
/// <param name="Classes">Outputs of the classifier.</param>
/// <param name="Cost">What the network costs.</param>
/// <param name="Seconds">Seconds of its updates; null where its log is gone.</param>
/// <param name="EvaluationFolder">Where its evaluation is kept, or would be, as a command names it.</param>
/// <param name="Kept">The evaluation that is kept, also one of other weights; null where there is none.</param>
internal sealed record ReportedModel(
    ModelRecord Record, TrainingPlan Plan, int Classes, Cost Cost, double? Seconds, string EvaluationFolder, StoredEvaluation? Kept)
{
    /// <summary>Its evaluation; null where none was kept, or one of other weights.</summary>
    public StoredEvaluation? Evaluation => Kept is { Stamp.IsOfOtherWeights: false } ? Kept : null;

    /// <summary>What it was a function of but for its name and seed: trainings with equal ones are repetitions.</summary>
    public string Setting => SeedlessSetting.Of(Plan);

    /// <summary>From the record, and the log beside the database.</summary>
    /// <exception cref="InputException">The record, or a table of its evaluation, is damaged.</exception>
    public static ReportedModel Of(ModelRecord record, string database)
    {
        var plan = ConfigDocument.Bind($"training of model '{record.Name}'", record.Configuration, TrainingPlan.Read);
        int classes = record.Classes ?? ClassCount.Of(plan.Design, plan.Input, record.Macs);
        return new ReportedModel(
            record, plan, classes, CostModel.Of(plan.Design, classes, plan.Input), SecondsOf(Path.Combine(new RunFolder(database, record.Name).Path, "log.jsonl")),
            StoredEvaluation.FolderOf(record.Name, database), StoredEvaluation.Load(record.Name, database));
    }

    private static double? SecondsOf(string log)
    {
        if (!File.Exists(log)) return null;
        try
        {
            return File.ReadLines(log).Sum(line => JsonSerializer.Deserialize<EpochRecord>(line, JsonSerializerOptions.Web)!.Seconds);
        }
        catch (JsonException)
        {
            return null; // another kind of log, or one that was cut off: the time is not known
        }
    }
}
