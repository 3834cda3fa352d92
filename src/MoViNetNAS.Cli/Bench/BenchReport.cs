using System.Text.Json.Serialization;

namespace MoViNetNAS.Cli.Bench;

/// <summary>The results of one run; as JSON it is <c>bench.json</c>, format 1.</summary>
/// <param name="Machine">Where and when.</param>
/// <param name="IsQuick">Small cases and few runs: the figures say nothing about speed.</param>
/// <param name="Results">The sections by name, in the order they were run.</param>
internal sealed record BenchReport(
    BenchMachine Machine, bool IsQuick, [property: JsonIgnore] IReadOnlyList<(string Name, IBenchSection Section)> Results)
{
    private const string QuickText = "QUICK RUN: small cases, few runs; these figures say nothing about speed.";

    /// <summary>Version of the file.</summary>
    public int Format => 1;

    /// <summary>The sections for the file: objects, so that each is written with what it has.</summary>
    public IReadOnlyDictionary<string, object> Sections => Results.ToDictionary(result => result.Name, result => (object)result.Section);

    /// <summary>The lines that stand before all tables.</summary>
    [JsonIgnore]
    public string Head => IsQuick ? $"{Machine.Text}\n{QuickText}" : Machine.Text;

    /// <summary>A section as plain text.</summary>
    public static string Text(IBenchSection section) =>
        $"\n{section.Title}\n\n{section.Table.ToText()}\n{string.Join("\n", section.Notes.Select(note => "  " + note))}\n";

    /// <summary>All as a page in Markdown.</summary>
    /// <param name="picture">File name of the picture beside it; null when there is none.</param>
    /// <param name="pictures">File names of the sections' own.</param>
    public string Markdown(string? picture, IReadOnlyList<string> pictures) => string.Concat(
    [
        $"# Measured by `{Machine.Command}`\n\n",
        .. Head.Split('\n').Select(line => line + "  \n"),
        picture is null ? "" : $"\n![Ratios of the sections]({picture})\n",
        .. Results.Select(result =>
            $"\n## {result.Section.Title}\n\n{result.Section.Table.ToMarkdown()}\n{string.Concat(result.Section.Notes.Select(note => $"- {note}\n"))}"),
        .. pictures.Where(name => name.EndsWith(".svg", StringComparison.Ordinal)).Select(name => $"\n![{Path.GetFileNameWithoutExtension(name)}]({name})\n"),
    ]);
}
