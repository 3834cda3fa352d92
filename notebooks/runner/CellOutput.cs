using System.Text.Json.Nodes;

namespace MoViNetNAS.Notebooks;

/// <summary>One output of a cell, as a notebook file holds it.</summary>
/// <param name="Kind">"stream", "display_data" or "execute_result".</param>
/// <param name="Format">A media type such as "text/plain" or "image/png"; of a stream "stdout" or "stderr".</param>
/// <param name="Text">The text; of a PNG its bytes in base 64.</param>
public sealed record CellOutput(string Kind, string Format, string Text)
{
    /// <summary>What was printed.</summary>
    public const string Stream = "stream";

    /// <summary>What was shown.</summary>
    public const string Display = "display_data";

    /// <summary>The value of the cell's last expression.</summary>
    public const string Result = "execute_result";

    /// <summary>The media type of pictures made of pixels.</summary>
    public const string Png = "image/png";

    /// <summary>The media type of drawings.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>Whether it is a picture, of which only kind and size are compared.</summary>
    public bool IsPicture => Format is Png or Svg;

    /// <summary>The output that <paramref name="node"/> states; of several formats the first that is no plain text.</summary>
    public static CellOutput Of(JsonNode node)
    {
        string kind = (string?)node["output_type"] ?? "";
        if (kind == Stream) return new CellOutput(kind, (string?)node["name"] ?? "", NotebookText.Joined(node["text"]));
        if (node["data"] is not JsonObject { Count: > 0 } data) return new CellOutput(kind, "", "");
        var (format, content) = data.FirstOrDefault(part => part.Key != "text/plain", data.First());
        return new CellOutput(kind, format, NotebookText.Joined(content));
    }

    /// <summary>As a node of a notebook file.</summary>
    /// <param name="count">Of the cell that it belongs to.</param>
    public JsonObject ToNode(int count)
    {
        if (Kind == Stream) return new JsonObject { ["output_type"] = Kind, ["name"] = Format, ["text"] = NotebookText.Lines(Text) };
        var node = new JsonObject
        {
            ["output_type"] = Kind,
            ["metadata"] = new JsonObject(),
            ["data"] = new JsonObject { [Format] = Format == Png ? Text : NotebookText.Lines(Text) },
        };
        if (Kind == Result) node["execution_count"] = count;
        return node;
    }
}
