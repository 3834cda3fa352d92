namespace MoViNetNAS.Cli.Tests.Docs;

/// <summary>The pages of the documentation.</summary>
internal static class DocsPages
{
    /// <summary>Folder of the documentation.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs");

    /// <summary>All of them: those at the top of the repository, then those in <c>docs/</c>.</summary>
    public static string[] All =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md" }.Select(name => Path.Combine(Repository.Root, name)),
        .. Directory.GetFiles(Folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
    ];

    /// <summary>Its path, seen from the repository's root, with forward slashes.</summary>
    public static string Name(string page) => Path.GetRelativePath(Repository.Root, page).Replace('\\', '/');
}
