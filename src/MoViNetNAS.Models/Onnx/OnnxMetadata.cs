using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>What a file says about itself: how it is fed and what it was made of.</summary>
internal static class OnnxMetadata
{
    /// <summary>Key and value that mark a file as one of ours.</summary>
    public const string FormatKey = "format", Format = "movinetnas-onnx-1";

    /// <summary>Key of whether it takes streams or clips.</summary>
    public const string KindKey = "kind";

    /// <summary>Values of <see cref="KindKey"/>.</summary>
    public const string Stream = "stream", Clip = "clip";

    /// <summary>Keys and values; those with structure are JSON.</summary>
    public static IReadOnlyDictionary<string, string> Of(MoViNet network, OnnxOptions options, IReadOnlyList<OnnxStateShape> states) => new Dictionary<string, string>
    {
        [FormatKey] = Format,
        [KindKey] = options.IsStream ? Stream : Clip,
        ["image"] = new JsonObject
        {
            ["axes"] = options.Frames == 1 ? "batch, colour, row, column" : "batch, frame, colour, row, column",
            ["colours"] = "red, green, blue",
            ["range"] = new JsonArray(0, 1),
            ["frames"] = options.Frames,
            ["resolution"] = options.Resolution,
        }.ToJsonString(),
        ["states"] = new JsonArray([.. states.Select(state => new JsonObject
        {
            ["input"] = state.Name,
            ["output"] = state.NextName,
            ["type"] = state.IsFloat ? "float32" : "int32",
            ["shape"] = new JsonArray([options.Start == OnnxStart.Given ? "batch" : 1, .. state.Shape.Select(size => (JsonNode)size)]),
        })]).ToJsonString(),
        ["start"] = options.Start switch { OnnxStart.Given => "given", OnnxStart.Zeros => "zeros", _ => "state" },
        ["precision"] = options.Precision == OnnxPrecision.Float16 ? "float16" : "float32",
        ["network"] = DesignFile.Write(network.Design).ToJsonString(),
    };
}
