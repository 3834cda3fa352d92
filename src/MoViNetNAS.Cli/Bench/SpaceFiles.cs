using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Finds the space files that come with the program, from wherever it is started.</summary>
internal static class SpaceFiles
{
    private const string Folder = "searchspaces";

    /// <summary>The space in <c>searchspaces/NAME.json</c>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static SearchSpace Load(string name) => SpaceFile.Load(Path.Combine(Find(), name + ".json"));

    private static string Find()
    {
        if (Directory.Exists(Folder)) return Folder;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, Folder))) return Path.Combine(at.FullName, Folder);
        throw Missing();
    }

    private static InputException Missing() =>
        new($"there is no folder {Folder} with space files, neither here nor above the program; start it from the repository.");
}
