using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Writes and reads a <see cref="LatencyTable"/> as JSON, format 1.</summary>
public static class LatencyFile
{
    private const int Format = 1;
    private const double MostMs = 1e9;
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, NetworkVariant> Variants =
        NetworkVariant.ByName.Values.Where(variant => variant.IsCausal).ToDictionary(variant => variant.Name);

    /// <summary>The text of the file; <see cref="Parse"/> gives back every number bit for bit.</summary>
    public static string ToJson(LatencyTable table)
    {
        var origin = table.Origin;
        var json = new JsonObject
        {
            ["format"] = Format,
            ["space"] = origin.SpaceName,
            ["spaceHash"] = origin.SpaceHash,
            ["variant"] = origin.Variant.Name,
            ["classes"] = origin.Classes,
            ["resolution"] = origin.Resolution,
            ["threads"] = origin.Threads,
            ["machine"] = origin.Machine,
            ["versions"] = origin.Versions,
            ["calibration"] = Write(table.Calibration),
        };
        if (table.Validation is { } validation)
        {
            json["validation"] = new JsonObject
            {
                ["networks"] = validation.Networks,
                ["r2"] = validation.R2,
                ["meanError"] = validation.MeanError,
                ["meanErrorMs"] = validation.MeanErrorMs,
                ["fastestMs"] = validation.FastestMs,
                ["slowestMs"] = validation.SlowestMs,
            };
        }

        json["lines"] = new JsonArray([.. table.Lines.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line =>
        {
            var written = Write(line.Value);
            written.Insert(0, "part", line.Key);
            return written;
        })]);
        json["operations"] = new JsonArray([.. table.Entries
            .Select(entry => (Text: entry.Key.ToString(), Ms: entry.Value))
            .OrderBy(entry => entry.Text, StringComparer.Ordinal)
            .Select(entry => new JsonObject { ["operation"] = entry.Text, ["ms"] = entry.Ms })]);
        return json.ToJsonString(Indented);
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="MachineException">It cannot be written.</exception>
    public static void Save(LatencyTable table, string path) => AtomicFile.WriteText(path, ToJson(table) + "\n");

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="InputException">It is missing, of another format, or has mistakes.</exception>
    public static LatencyTable Load(string path) => ConfigDocument.Load(path, Read);

    /// <summary>Reads a file's text, which mistakes call <paramref name="file"/>.</summary>
    /// <exception cref="InputException">As <see cref="Load"/>.</exception>
    public static LatencyTable Parse(string file, string text) => ConfigDocument.Bind(file, text, Read);

    private static LatencyTable Read(ConfigNode node)
    {
        var o = node.Object(
            "format", "space", "spaceHash", "variant", "classes", "resolution", "threads", "machine", "versions", "calibration", "validation",
            "lines", "operations");
        o.Required("format", n => n.Int(Format, Format), Format);
        var origin = new LatencyOrigin(
            o.Required("space", n => n.Text(), ""),
            o.Required("spaceHash", ReadHash, ""),
            o.Required("variant", n => n.OneOf(Variants), NetworkVariant.Causal),
            o.Required("classes", n => n.Int(1, 1_000_000), 1),
            o.Required("resolution", n => n.Int(8, 4096), 8),
            o.Required("threads", n => n.Int(1, 1024), 1),
            o.Required("machine", n => n.Text(), ""),
            o.Required("versions", n => n.Text(), ""));
        var calibration = o.Required("calibration", n => ReadLine(n.Object("ms", "slope")), new LatencyLine(0, 1));
        var validation = o.Optional<LatencyValidation?>("validation", ReadValidation, null);
        var lines = o.Required("lines", ReadLines, ImmutableDictionary<string, LatencyLine>.Empty);
        return new LatencyTable(origin, o.Required("operations", ReadOperations, ImmutableDictionary<OperationKey, double>.Empty), lines, calibration, validation);
    }

    private static JsonObject Write(LatencyLine line) => new() { ["ms"] = line.Ms, ["slope"] = line.Slope };

    private static LatencyLine ReadLine(ConfigObject o) =>
        new(o.Required("ms", n => n.Number(-MostMs, MostMs), 0), o.Required("slope", n => n.Number(0, MostMs), 1));

    private static LatencyValidation ReadValidation(ConfigNode node)
    {
        var o = node.Object("networks", "r2", "meanError", "meanErrorMs", "fastestMs", "slowestMs");
        double Ms(string key) => o.Required(key, n => n.Number(0, MostMs), 0);
        return new LatencyValidation(
            o.Required("networks", n => n.Int(1, 1_000_000), 1), o.Required("r2", n => n.Number(-1e18, 1), 0), Ms("meanError"), Ms("meanErrorMs"),
            Ms("fastestMs"), Ms("slowestMs"));
    }

    private static string ReadHash(ConfigNode node)
    {
        string hash = node.Text();
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)) node.Fail("must be the 64 hexadecimal digits of a space's hash");
        return hash;
    }

    private static ImmutableDictionary<string, LatencyLine> ReadLines(ConfigNode node)
    {
        var parts = OperationKeys.Parts.ToDictionary(part => part);
        var lines = ImmutableDictionary.CreateBuilder<string, LatencyLine>();
        foreach (var element in node.Array(minimum: 1))
        {
            var o = element.Object("part", "ms", "slope");
            string part = o.Required("part", n => n.OneOf(parts), "stem");
            if (!lines.TryAdd(part, ReadLine(o))) element.Fail($"is a second line for '{part}'");
        }

        return lines.ToImmutable();
    }

    private static ImmutableDictionary<OperationKey, double> ReadOperations(ConfigNode node)
    {
        var entries = ImmutableDictionary.CreateBuilder<OperationKey, double>();
        foreach (var element in node.Array(minimum: 1))
        {
            var o = element.Object("operation", "ms");
            var key = o.Required("operation", ReadKey, new OperationKey("", 1, 1, 1, 1));
            if (!entries.TryAdd(key, o.Required("ms", n => n.Number(0, MostMs), 0)) && key.Part.Length > 0) element.Fail($"is a second time of '{key}'");
        }

        return entries.ToImmutable();
    }

    private static OperationKey ReadKey(ConfigNode node)
    {
        string text = node.Text();
        if (!OperationKey.TryParse(text, out var key) && text.Length > 0) node.Fail($"must be an operation like 'depthwise 16/2 24>24 5x3x3', not '{text}'");
        return key;
    }
}
