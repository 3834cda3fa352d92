using System.Text.Json;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Evaluate;

/// <summary>What a kept evaluation says it was measured on, beside the weights that are there now.</summary>
/// <param name="Folder">Where the evaluation is kept.</param>
/// <param name="WeightsHash">Hash of the weights that were measured; null in files from before it was kept.</param>
/// <param name="SplitHash">Hash of the data; null in files from before it was kept.</param>
/// <param name="PresentHash">Hash of the weights of the folder that the evaluation lies in; null when it lies in no folder of a network.</param>
internal sealed record EvaluationStamp(string Folder, string? WeightsHash, string? SplitHash, string? PresentHash)
{
    private const int DigitsShown = 12;

    /// <summary>Whether it was measured on weights that are not there any more.</summary>
    public bool IsOfOtherWeights => WeightsHash is not null && PresentHash is not null && WeightsHash != PresentHash;

    /// <summary>Both weights in a sentence, with how to mend it.</summary>
    public string OtherWeights =>
        $"{Folder} was measured on weights {Short(WeightsHash!)}, and the network beside it has weights {Short(PresentHash!)}; `movinet eval --output {Folder}` measures it again.";

    /// <summary>The stamp of the evaluation in <paramref name="folder"/>, whose content is <paramref name="result"/>.</summary>
    public static EvaluationStamp Of(string folder, JsonElement result) => new(
        folder, TextOf(result, "weightsHash"), TextOf(result, "splitHash"), ModelCheckpoint.WeightsHash(Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(folder)))!));

    /// <summary>As <see cref="Of"/>; null when there is no evaluation in <paramref name="folder"/>, or a damaged one.</summary>
    public static EvaluationStamp? Read(string folder)
    {
        string file = Path.Combine(folder, EvaluationFiles.Result);
        if (!File.Exists(file)) return null;
        using var said = Parse(file);
        return said is null ? null : Of(folder, said.RootElement);
    }

    /// <summary>The object in <paramref name="file"/>; null when it is none.</summary>
    public static JsonDocument? Parse(string file)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllText(file));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null; // not an evaluation
        }
    }

    /// <summary>A text of <paramref name="result"/>; null when it has none.</summary>
    public static string? TextOf(JsonElement result, string name) =>
        result.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>As much of a hash as tells it from others.</summary>
    public static string Short(string hash) => hash.Length <= DigitsShown ? hash : hash[..DigitsShown];
}
