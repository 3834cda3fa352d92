using System.CommandLine;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Figures;

/// <summary>A folder that a command wrote, from whose tables a figure is drawn again.</summary>
internal static class DataFolder
{
    /// <summary>An argument for such a folder.</summary>
    /// <param name="writer">The command that writes it.</param>
    public static Argument<string> Argument(string writer) => new("folder") { Description = $"A folder that `movinet {writer}` wrote." };

    /// <summary>A table of <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The table.</param>
    /// <param name="writer">The command that writes it, for the message.</param>
    /// <param name="columns">What it must have.</param>
    /// <exception cref="InputException">The folder or the table is missing, or is of something else.</exception>
    public static CsvTable Read(string folder, string file, string writer, params ReadOnlySpan<string> columns)
    {
        string path = Path.Combine(folder, file);
        if (!File.Exists(path)) throw new InputException($"{folder} has no {file}, which `movinet {writer}` writes there.");
        var table = CsvTable.Load(path);
        table.Require(columns);
        return table;
    }
}
