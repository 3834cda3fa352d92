using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Onnx;

/// <summary>What an ONNX file says about its classes and its videos, and where it came from.</summary>
/// <param name="Name">Of the network.</param>
/// <param name="Classes">Class names in the order of the logits; null when they are not known.</param>
/// <param name="Heads">What the logits answer.</param>
/// <param name="Fit">How a video's pictures are made square.</param>
/// <param name="CropMargin">The middle square out of a picture this much larger.</param>
/// <param name="FrameStride">Every how many frames of a video one is taken.</param>
internal sealed record OnnxCard(
    string Name, IReadOnlyList<string>? Classes, IReadOnlyList<LabelHead> Heads, VideoFit Fit, double CropMargin, int FrameStride)
{
    private const string NameKey = "name", ClassesKey = "classes", HeadsKey = "heads", PreprocessingKey = "preprocessing", LineageKey = "lineage";

    /// <summary>Of a checkpoint.</summary>
    public static OnnxCard Of(ModelCard card)
    {
        var (fit, margin) = CardVideos.Of(card, card.Input);
        return new OnnxCard(card.Name, card.Classes, card.Heads, fit, margin, card.Input.FrameStride);
    }

    /// <summary>Of a network by name, whose classes have none.</summary>
    public static OnnxCard Of(ChosenNetwork chosen)
    {
        var (fit, margin) = CardVideos.Of(null, chosen.Input);
        return new OnnxCard($"{chosen.Model ?? $"a genotype of {chosen.Space}"} {chosen.Design.VariantName}", null, [LabelHead.Single(chosen.Classes)], fit, margin, chosen.Input.FrameStride);
    }

    /// <summary>As metadata of a file.</summary>
    /// <param name="resolution">Rows and columns that the file takes.</param>
    /// <param name="card">Where it came from; null for fresh weights.</param>
    public IReadOnlyDictionary<string, string> ToMetadata(int resolution, ModelCard? card) => new Dictionary<string, string>
    {
        [NameKey] = Name,
        [ClassesKey] = JsonSerializer.Serialize(Classes ?? []),
        [HeadsKey] = new JsonArray([.. Heads.Select(head => new JsonObject
        {
            ["name"] = head.Name,
            ["first"] = head.First,
            ["classes"] = head.Count,
            ["multiLabel"] = head.IsMultiLabel,
        })]).ToJsonString(),
        [PreprocessingKey] = new JsonObject
        {
            ["fit"] = Fit.ToString().ToLowerInvariant(),
            ["cropMargin"] = CropMargin,
            ["resolution"] = resolution,
            ["frameStride"] = FrameStride,
        }.ToJsonString(),
        [LineageKey] = Lineage(card).ToJsonString(),
    };

    /// <summary>Reads what <see cref="ToMetadata"/> wrote.</summary>
    /// <exception cref="InputException">A part is missing or cannot be read.</exception>
    public static OnnxCard Read(string file, IReadOnlyDictionary<string, string> metadata)
    {
        T Part<T>(string key, Func<JsonNode, T> read)
        {
            try
            {
                return read(JsonNode.Parse(metadata[key])!);
            }
            catch (Exception e) when (e is KeyNotFoundException or JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
            {
                throw new InputException($"{file}: its metadata say nothing readable about '{key}'.", e);
            }
        }

        var classes = Part(ClassesKey, node => node.AsArray().Select(name => name!.GetValue<string>()).ToList());
        var heads = Part(HeadsKey, node => node.AsArray().Select(head => new LabelHead(
            head!["name"]!.GetValue<string>(), head["first"]!.GetValue<int>(), head["classes"]!.GetValue<int>(), head["multiLabel"]!.GetValue<bool>())).ToList());
        var (fit, margin, stride) = Part(PreprocessingKey, node => (
            Enum.Parse<VideoFit>(node["fit"]!.GetValue<string>(), ignoreCase: true), node["cropMargin"]!.GetValue<double>(), node["frameStride"]!.GetValue<int>()));
        return new OnnxCard(metadata.GetValueOrDefault(NameKey, ""), classes.Count == 0 ? null : classes, heads, fit, margin, stride);
    }

    private static JsonObject Lineage(ModelCard? card)
    {
        if (card is null) return new JsonObject { ["weights"] = "fresh" };
        var plan = card.Experiment.Length == 0 ? null : ConfigDocument.Bind($"the plan of '{card.Name}'", card.Experiment, TrainingPlan.Read);
        return new JsonObject
        {
            ["model"] = card.Name,
            ["run"] = card.Run,
            ["genotype"] = card.Genotype,
            ["dataset"] = card.Dataset,
            ["splitHash"] = card.SplitHash,
            ["seed"] = plan?.Seed,
            ["top1"] = card.TestedClips == 0 ? null : card.Top1,
            ["testedClips"] = card.TestedClips,
        };
    }
}
