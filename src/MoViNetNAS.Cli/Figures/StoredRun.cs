using System.CommandLine;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Figures;

/// <summary>A run of the database and its folder, for figures of how a search went.</summary>
internal sealed record StoredRun(RunRecord Record, RunFolder Folder)
{
    /// <summary>The argument that names it.</summary>
    public static Argument<string> Name { get; } = new("run") { Description = "A run of the database." };

    /// <summary>The run that <paramref name="parse"/> names.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static StoredRun Of(ParseResult parse)
    {
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var record = store.Run(parse.GetValue(Name)!);
        return new StoredRun(record, new RunFolder(store.Path, record.Name));
    }

    /// <summary>The space that it searched.</summary>
    public SearchSpace Space => SpaceFile.Parse($"space of run '{Record.Name}'", Record.Space);

    /// <summary>Refuses a file that the run has not written.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public string Require(string path) => File.Exists(path)
        ? path
        : throw new InputException($"run '{Record.Name}' has no {System.IO.Path.GetFileName(path)}: {(Record.Algorithm == "tunas" ? $"it should be {path}" : $"a search by '{Record.Algorithm}' has no policy to show")}.");
}
