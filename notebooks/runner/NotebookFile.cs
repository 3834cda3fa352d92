using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Notebooks;

/// <summary>A notebook of format 4.5 or later, written so that a line of a difference is a line of code or of output.</summary>
/// <remarks>Source: nbformat 4.5. Written as Jupyter does: keys sorted, one space a level, texts as lists of lines.</remarks>
public sealed class NotebookFile
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _root;

    private NotebookFile(string path, JsonObject root)
    {
        (Path, _root) = (path, root);
        Cells = [.. CodeNodes().Select((node, index) => NotebookCell.Of(index + 1, node))];
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The name of the file, for messages.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The cells with code.</summary>
    public ImmutableArray<NotebookCell> Cells { get; }

    /// <summary>Reads the notebook at <paramref name="path"/>.</summary>
    /// <exception cref="InputException">It is missing, no notebook, of an older format, in another language, or has cells without or with the same id.</exception>
    public static NotebookFile Load(string path)
    {
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: the notebook cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}({e.LineNumber + 1}): not JSON, so no notebook.");
        }

        if (root?["cells"] is not JsonArray cells) throw new InputException($"{path}: no notebook: it has no list 'cells'.");
        int major = (int?)root["nbformat"] ?? 0, minor = (int?)root["nbformat_minor"] ?? 0;
        if (major != 4 || minor < 5) throw new InputException($"{path}: notebook format {major}.{minor}; 4.5 or later is needed, whose cells have ids.");
        string language = (string?)root["metadata"]?["kernelspec"]?["language"] ?? "";
        if (language != "C#") throw new InputException($"{path}: the language is '{language}'; only C# can be run.");
        var ids = new HashSet<string>();
        foreach (var cell in cells)
        {
            string id = (string?)cell?["id"] ?? "";
            if (id.Length == 0) throw new InputException($"{path}: a cell has no id.");
            if (!ids.Add(id)) throw new InputException($"{path}: two cells have the id '{id}'.");
        }

        return new NotebookFile(path, root);
    }

    /// <summary>The text of the file with new outputs.</summary>
    /// <param name="outputs">For each cell with code.</param>
    public string With(IReadOnlyList<IReadOnlyList<CellOutput>> outputs)
    {
        var root = (JsonObject)_root.DeepClone();
        int number = 0;
        foreach (var cell in root["cells"]!.AsArray().Select(cell => (JsonObject)cell!))
        {
            cell["source"] = NotebookText.Lines(NotebookText.Joined(cell["source"]));
            if (!IsCode(cell)) continue;
            int count = number + 1;
            cell["execution_count"] = count;
            cell["outputs"] = new JsonArray([.. outputs[number++].Select(output => output.ToNode(count))]);
        }

        return Text(root);
    }

    private static bool IsCode(JsonObject cell) => (string?)cell["cell_type"] == "code";

    private static string Text(JsonObject root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout)) WriteSorted(writer, root);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                writer.WriteStartObject();
                foreach (var (key, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    WriteSorted(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items) WriteSorted(writer, item);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private IEnumerable<JsonObject> CodeNodes() => _root["cells"]!.AsArray().Select(cell => (JsonObject)cell!).Where(IsCode);
}
