using System.Text.Json.Nodes;

namespace MoViNetNAS.Notebooks.Tests;

/// <summary>Writes notebooks of a few cells.</summary>
internal static class SmallNotebook
{
    public const string Setup = "#r \"anywhere/MoViNetNAS.Notebooks.dll\"\n#r \"anywhere/MoViNetNAS.Spaces.dll\"\nusing MoViNetNAS.Spaces;\nusing static MoViNetNAS.Notebooks.Notebook;";

    /// <summary>A notebook whose cells are called c1, c2, ...; without outputs.</summary>
    public static string Write(string path, params string[] cells)
    {
        var nodes = cells.Select((code, index) => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = $"c{index + 1}",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = code,
        });
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray([.. nodes]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());
        return path;
    }
}
