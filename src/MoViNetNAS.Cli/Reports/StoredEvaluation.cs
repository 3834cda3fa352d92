using System.Text.Json;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Reports;

/// <summary>What `movinet eval --output` left in the folder <c>evaluation</c> of a trained network.</summary>
/// <param name="Folder">Where, as a command names it.</param>
/// <param name="Split">Which clips.</param>
/// <param name="Frames">Accuracy after each frame; null where clips were not streamed.</param>
/// <param name="Confusion">Which class is taken for which; null for networks of several heads or labels.</param>
internal sealed record StoredEvaluation(string Folder, string Split, FrameAccuracyFigure? Frames, ConfusionFigure? Confusion)
{
    private const string Name = "evaluation";

    /// <summary>Where the evaluation of a network is kept, as a command names it.</summary>
    public static string FolderOf(string model, string database) => Path.Combine(Path.GetDirectoryName(database) ?? "", model, Name);

    /// <summary>The evaluation of <paramref name="model"/>; null where there is none, or one of another network.</summary>
    /// <exception cref="MoViNetNAS.Spaces.InputException">One of its tables is damaged.</exception>
    public static StoredEvaluation? Load(string model, string database)
    {
        string folder = Path.Combine(new RunFolder(database, model).Path, Name), result = Path.Combine(folder, EvaluationFiles.Result);
        if (!File.Exists(result)) return null;
        using var said = Parse(result);
        if (TextOf(said, "model") != model || TextOf(said, "split") is not { } split) return null;
        CsvTable? Table(string name) => File.Exists(Path.Combine(folder, name + ".csv")) ? CsvTable.Load(Path.Combine(folder, name + ".csv")) : null;
        return new StoredEvaluation(
            FolderOf(model, database), split,
            Table(EvaluationFiles.Frames) is { } frames ? EvaluationFiles.ReadFrames(frames) : null,
            Table(EvaluationFiles.ConfusionOf(null)) is { } confusion ? EvaluationFiles.ReadConfusion("", confusion) : null);
    }

    private static string? TextOf(JsonDocument? document, string name) =>
        document?.RootElement is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonDocument? Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(file));
        }
        catch (JsonException)
        {
            return null; // not an evaluation
        }
    }
}
