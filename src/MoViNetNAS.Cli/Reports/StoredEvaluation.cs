using System.Text.Json;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Reports;

/// <summary>What `movinet eval --output` left in the folder <c>evaluation</c> of a trained network.</summary>
/// <param name="Folder">Where, as a command names it.</param>
/// <param name="Split">Which clips.</param>
/// <param name="Stamp">Weights and data that were measured.</param>
/// <param name="MeasureName">What was measured; null in files from before there were several measures.</param>
/// <param name="Measure">In [0, 1]; null as <paramref name="MeasureName"/>.</param>
/// <param name="Clips">Clips it was measured on; null as <paramref name="MeasureName"/>.</param>
/// <param name="Frames">Accuracy after each frame; null where clips were not streamed.</param>
/// <param name="Confusions">Which class is taken for which, of each head with one right class; the name is null for the only head.</param>
internal sealed record StoredEvaluation(
    string Folder, string Split, EvaluationStamp Stamp, string? MeasureName, double? Measure, long? Clips, FrameAccuracyFigure? Frames,
    IReadOnlyList<(string? Head, ConfusionFigure Figure)> Confusions)
{
    private const string Name = "evaluation";

    /// <summary>Where the evaluation of a network is kept, as a command names it.</summary>
    public static string FolderOf(string model, string database) => Path.Combine(Path.GetDirectoryName(database) ?? "", model, Name);

    /// <summary>The evaluation of <paramref name="model"/>, without pictures when it is of other weights; null where there is none, or one of
    /// another network.</summary>
    /// <exception cref="MoViNetNAS.Spaces.InputException">One of its tables is damaged.</exception>
    public static StoredEvaluation? Load(string model, string database)
    {
        string folder = Path.Combine(new RunFolder(database, model).Path, Name), result = Path.Combine(folder, EvaluationFiles.Result);
        if (!File.Exists(result)) return null;
        using var said = EvaluationStamp.Parse(result);
        if (said?.RootElement is not { } all || EvaluationStamp.TextOf(all, "model") != model || EvaluationStamp.TextOf(all, "split") is not { } split) return null;
        var kept = new StoredEvaluation(
            FolderOf(model, database), split, EvaluationStamp.Of(folder, all) with { Folder = FolderOf(model, database) },
            EvaluationStamp.TextOf(all, "measureName"), NumberOf(all, "measure"), (long?)NumberOf(all, "clips"), null, []);
        if (kept.Stamp.IsOfOtherWeights) return kept;
        CsvTable? Table(string name) => File.Exists(Path.Combine(folder, name + ".csv")) ? CsvTable.Load(Path.Combine(folder, name + ".csv")) : null;
        return kept with
        {
            Frames = Table(EvaluationFiles.Frames) is { } frames ? EvaluationFiles.ReadFrames(frames) : null,
            Confusions = [.. HeadsOf(all).SelectMany(head => Table(EvaluationFiles.ConfusionOf(head)) is { } table ? [(head, EvaluationFiles.ReadConfusion("", table))] : Array.Empty<(string?, ConfusionFigure)>())],
        };
    }

    // One head has no name in those of files.
    private static IEnumerable<string?> HeadsOf(JsonElement result)
    {
        if (!result.TryGetProperty("heads", out var heads) || heads.ValueKind != JsonValueKind.Array || heads.GetArrayLength() < 2) return [null];
        return heads.EnumerateArray().Where(head => head.ValueKind == JsonValueKind.Object).Select(head => EvaluationStamp.TextOf(head, "name")).OfType<string>();
    }

    private static double? NumberOf(JsonElement result, string name) =>
        result.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
