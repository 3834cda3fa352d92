namespace MoViNetNAS.Tests;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Space(string name) => Path.Combine(Root, "searchspaces", name + ".json");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MoViNetNAS.sln"))) return folder.FullName;
        throw new InvalidOperationException($"no MoViNetNAS.sln above {AppContext.BaseDirectory}");
    }
}
